import { useSyncExternalStore } from 'react'
import { usePlatform } from '../../../platform/context.ts'
import { strings } from '../../../strings/index.ts'
import { textOf } from './links-dialog.tsx'
import type { TerminalLinks } from './terminal-links.ts'

/** Where the link under the pointer leads, and how it is followed; it lets the pointer through. */
export function LinkHint({ links }: { links: TerminalLinks }) {
  const { hovered } = useSyncExternalStore(links.subscribe, links.read)
  const { os } = usePlatform()
  if (hovered === undefined) return null
  const modifier = os === 'mac' ? strings.terminals.links.cmd : strings.terminals.links.ctrl
  return (
    <p
      role="status"
      className="pointer-events-none absolute bottom-1 left-1 z-10 line-clamp-3 max-w-[calc(100%-32px)] rounded-control border border-line bg-raised px-2 py-1 text-meta break-all shadow-overlay"
    >
      <span className="text-muted">{strings.terminals.links.hint[hovered.kind](modifier)}</span> {textOf(hovered)}
    </p>
  )
}
