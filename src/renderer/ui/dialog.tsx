import clsx from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode, RefObject } from 'react'
import { strings } from '../strings/index.ts'
import { IconButton } from './icon-button.tsx'
import { useReturnFocus } from './return-focus.ts'
import { EscapeBelow } from './tooltip.tsx'

type DialogProps = {
  title: string
  description?: string
  /** Escape, the close button or a click outside asks for this. Whoever owns the dialog may refuse. */
  onClose: () => void
  /** A click outside or Escape is as good as the close button. False where input would be lost. */
  lightDismiss?: boolean
  /** Takes the focus to where it belongs at first; without it and `focusFirst`, the first control. */
  onOpenAutoFocus?: (event: Event) => void
  /** What has the focus at first: in a question about something final, what keeps it. */
  focusFirst?: RefObject<HTMLElement | null>
  /** Runs when it has closed and the focus is back where it was. */
  afterClose?: () => void
  footer?: ReactNode
  /** It holds text alone: the keyboard scrolls it. */
  isText?: boolean
  children: ReactNode
  className?: string
}

const FRAME = 'flex max-h-[min(85dvh,720px)] w-[calc(100vw-16px)] flex-col rounded-card border border-line bg-raised'

/** A modal card. It is open as long as it is mounted; the focus is kept inside and given back to its opener. */
export function Dialog({ title, description, onClose, lightDismiss = true, footer, children, ...rest }: DialogProps) {
  const returnFocus = useReturnFocus(rest.afterClose)
  const outside = (event: Event): void => {
    if (!lightDismiss) event.preventDefault()
  }
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={(event) => {
            rest.onOpenAutoFocus?.(event)
            const first = rest.focusFirst?.current ?? undefined
            if (first === undefined) return
            event.preventDefault()
            first.focus()
          }}
          onCloseAutoFocus={returnFocus}
          onInteractOutside={outside}
          className={clsx(
            FRAME,
            'enter-fade fixed top-1/2 left-1/2 z-40 -translate-x-1/2 -translate-y-1/2 shadow-overlay',
            rest.className ?? 'max-w-140',
          )}
        >
          <EscapeBelow value={onClose}>
            <header className="py-4 pr-14 pl-4 pb-2">
              <Radix.Title className="text-page font-strong break-words">{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
              )}
            </header>
            <div
              className="min-h-0 flex-1 overflow-y-auto px-4 py-2 focus-inset"
              // What scrolls and holds nothing to stop at has to be a stop itself.
              tabIndex={rest.isText === true ? 0 : undefined}
            >
              {children}
            </div>
            {footer === undefined ? null : (
              <footer className="flex flex-wrap items-center justify-end gap-2 px-4 pt-2 pb-4">{footer}</footer>
            )}
            {/* Last in the order of the keyboard: a dialog begins with what it is about. */}
            <IconButton
              className="absolute top-3 right-3"
              label={strings.common.close}
              icon={<X size={16} aria-hidden />}
              onClick={onClose}
            />
          </EscapeBelow>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
