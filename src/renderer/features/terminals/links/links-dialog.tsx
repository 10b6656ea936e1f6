import { ExternalLink, Files, Lock } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import type { LinkTarget } from './link-target.ts'
import type { TerminalLinks } from './terminal-links.ts'

const ICONS = { web: ExternalLink, file: Files, refused: Lock }

/** What the screen links to, to choose by the keyboard. */
export function LinksDialog({ links }: { links: TerminalLinks }) {
  const { listed } = useSyncExternalStore(links.subscribe, links.read)
  if (listed === undefined) return null
  return (
    <Dialog
      title={strings.terminals.links.title}
      description={listed.length === 0 ? strings.terminals.links.none : strings.terminals.links.help}
      onClose={() => links.closeList()}
    >
      <ul className="flex flex-col gap-1 pb-3">
        {listed.map((target) => (
          <li key={textOf(target)}>
            <Row target={target} onChoose={() => links.choose(target)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Row({ target, onChoose }: { target: LinkTarget; onChoose: () => void }) {
  const Icon = ICONS[target.kind]
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex min-h-8 w-full items-center gap-2 rounded-control px-2 py-1 text-left hover:bg-hover touch-target"
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      <span className="w-24 shrink-0 text-meta text-muted">{strings.terminals.links.does[target.kind]}</span>
      <span className="min-w-0 font-mono break-all">{textOf(target)}</span>
    </button>
  )
}

export function textOf(target: LinkTarget): string {
  switch (target.kind) {
    case 'web':
      return target.url
    case 'file':
      return target.path
    case 'refused':
      return target.target
  }
}
