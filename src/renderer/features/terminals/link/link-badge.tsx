import { useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { StatusIcon } from '../../../ui/status-icon.tsx'
import type { LiveTerminal } from '../live-terminal.ts'

/** Says of a connection that is there what is out of the ordinary, and nothing else; leads to its figures. */
export function LinkBadge({ terminal }: { terminal: LiveTerminal }) {
  const { link, audience } = useSyncExternalStore(terminal.subscribe, terminal.read)
  if (link !== 'live' && link !== 'slow') return null
  const words = [
    ...(link === 'slow' ? [strings.terminals.link.slow] : []),
    ...(audience.clients > 1 ? [strings.terminals.link.screens(audience.clients)] : []),
  ].join(', ')
  if (words === '') return null
  return (
    <Button
      variant="ghost"
      size="small"
      className="bg-raised"
      aria-label={strings.terminals.link.badge(words)}
      onClick={() => terminal.details.set(true)}
    >
      {link === 'slow' ? <StatusIcon kind="waiting" label={null} /> : null}
      {words}
    </Button>
  )
}
