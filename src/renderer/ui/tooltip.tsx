import { Tooltip as Radix } from 'radix-ui'
import { createContext, type ReactNode, use } from 'react'
import { Chord } from './chord.tsx'

/** Wraps the application once: tooltips share their delay. */
export const TooltipProvider = Radix.Provider

/**
 * What Escape closes besides a tooltip: the dialog that it stands in. A tooltip lies above all else and would keep Escape to
 * itself; it opens by itself on what has the focus, and nobody means it alone.
 */
export const EscapeBelow = createContext<() => void>(() => undefined)

/** A word or two on hover and focus; never the only place where something is said. */
export function Tooltip(props: { label: string; chord?: string | undefined; children: ReactNode }) {
  const escapeBelow = use(EscapeBelow)
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{props.children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          onEscapeKeyDown={escapeBelow}
          className="enter-fade z-50 flex max-w-80 items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-meta text-fg shadow-overlay"
        >
          <span className="break-words">{props.label}</span>
          {props.chord === undefined ? null : <Chord text={props.chord} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
