import { ChevronRight } from 'lucide-react'
import { Collapsible } from 'radix-ui'
import { type ReactNode, useState } from 'react'

/** A folded part with a button that says what is in it. `forceOpen` keeps it open: an error inside must be seen. */
export function Disclosure(props: { label: string; forceOpen?: boolean; children: ReactNode }) {
  const { label, forceOpen = false, children } = props
  const [open, setOpen] = useState(false)
  return (
    <Collapsible.Root open={open || forceOpen} onOpenChange={setOpen}>
      <Collapsible.Trigger className="group flex h-7 items-center gap-1 rounded-control pr-2 text-muted hover:text-fg touch-target">
        <ChevronRight size={16} aria-hidden className="group-data-[state=open]:rotate-90" />
        {label}
      </Collapsible.Trigger>
      <Collapsible.Content className="pt-2">{children}</Collapsible.Content>
    </Collapsible.Root>
  )
}
