import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Chord } from './chord.tsx'

const PANEL =
  'enter-fade z-50 max-h-[min(480px,90dvh)] min-w-52 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-overlay'

const ITEM = clsx(
  'flex h-8 items-center gap-2 rounded-control px-2 outline-none select-none touch-target',
  'data-highlighted:bg-hover data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-accent',
  'data-disabled:text-disabled',
)

/** Menus do not hide the page from assistive technology: it goes on being there. */
export function MenuRoot(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />
}

export const MenuTrigger = Radix.Trigger

/** For React it stands inside what it was opened from: a choice is no press on that, be it a row or a card. */
export function MenuPanel({ children, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        className={PANEL}
        onClick={(event) => event.stopPropagation()}
        {...rest}
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  )
}

type MenuItemProps = {
  label: string
  icon?: ReactNode
  chord?: string | undefined
  danger?: boolean
  disabled?: boolean
  /** One of several, of which one is chosen; undefined: it is none of those. */
  isChosen?: boolean
  onSelect: () => void
}

export function MenuItem({ label, icon, chord, danger = false, disabled = false, isChosen, onSelect }: MenuItemProps) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      {...(isChosen === undefined ? {} : { role: 'menuitemradio', 'aria-checked': isChosen })}
      className={clsx(ITEM, danger ? 'text-error' : 'text-fg')}
    >
      {icon}
      <span className="flex-1">{label}</span>
      {chord === undefined ? null : <Chord text={chord} />}
    </Radix.Item>
  )
}

/** An item that opens a menu of its own beside itself. */
export function SubMenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={clsx(ITEM, 'text-fg data-[state=open]:bg-hover')}>
        <span className="flex-1">{label}</span>
        <ChevronRight size={14} aria-hidden />
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent collisionPadding={8} className={PANEL}>
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-meta font-strong text-muted">{children}</Radix.Label>
}

export const MenuGroup = Radix.Group

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}
