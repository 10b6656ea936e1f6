import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

type PopoverProps = {
  isOpen: boolean
  /** What it stands beside. */
  anchor: ReactNode
  /** The id of its title. */
  labelledBy: string
  /** Escape or a click outside asks for this. */
  onClose: () => void
  /** Takes the focus to where it belongs once it has closed. */
  onClosed: () => void
  children: ReactNode
}

/** A small card beside what it is about, while the page goes on. The keyboard goes into it when it opens. */
export function Popover({ isOpen, anchor, labelledBy, onClose, onClosed, children }: PopoverProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Anchor>{anchor}</Radix.Anchor>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-labelledby={labelledBy}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onClosed()
          }}
          className="enter-fade z-50 flex w-80 max-w-[calc(100vw-16px)] flex-col gap-3 rounded-card border border-line bg-raised p-4 shadow-overlay"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
