import { ChevronDown, ChevronRight, Ellipsis } from 'lucide-react'
import { useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { MenuRoot, MenuTrigger } from '../../ui/menu.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import { useNow } from '../../worker/use-now.ts'
import { useStanding } from '../../worker/workers.ts'
import { linkStateOf } from '../link-state.ts'
import type { ListedWorker } from '../worker-list.ts'
import { WorkerMenu } from '../worker-menu.tsx'
import type { TreeRow } from './tree.ts'

/** How long ago it was seen is told in minutes at best. */
const AGE_EVERY_MS = 60_000

type WorkerRowProps = {
  row: Extract<TreeRow, { kind: 'worker' }>
  listed: ListedWorker
  isFocused: boolean
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onFold: (worker: string, folded: boolean) => void
  menuOpen: boolean
  onMenu: (open: boolean) => void
}

/** One worker: its name, and where it stands by shape and word. */
export function WorkerRow(props: WorkerRowProps) {
  const { row, listed, isFocused, onFocus, onKeyDown, onFold, menuOpen, onMenu } = props
  const element = useRef<HTMLDivElement>(null)
  const standing = useStanding(listed.worker)
  const { kind, word } = linkStateOf(standing, useNow(standing.status === 'away' ? AGE_EVERY_MS : undefined))
  const Chevron = row.expanded ? ChevronDown : ChevronRight
  return (
    <div
      ref={element}
      role="treeitem"
      data-row={row.key}
      tabIndex={isFocused ? 0 : -1}
      aria-level={1}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.expanded}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={() => onFold(row.worker, row.expanded)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(true)
      }}
      className="group flex h-full items-center gap-2 pr-1 pl-2 select-none focus-inset hover:bg-hover"
    >
      <Chevron size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="sr-only">{strings.shell.workerName(row.label, word)}</span>
      <MiddleTruncate decorative text={row.label} className="flex-1 font-strong" />
      <span aria-hidden className="flex items-center gap-1.5 text-meta whitespace-nowrap text-muted">
        {word}
        {kind === 'running' ? null : <StatusIcon kind={kind} label={null} />}
      </span>
      <MenuRoot open={menuOpen} onOpenChange={onMenu}>
        <MenuTrigger asChild>
          {/* For the pointer; keys open the menu by Shift+F10 on the row. */}
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            aria-label={strings.workers.menu(row.label)}
            onClick={(event) => event.stopPropagation()}
            className="flex size-6 shrink-0 items-center justify-center rounded-control text-muted opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 hover:bg-hover hover:text-fg pointer-coarse:size-11 pointer-coarse:opacity-100 data-[state=open]:opacity-100"
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        </MenuTrigger>
        <WorkerMenu worker={listed.worker} returnTo={element} />
      </MenuRoot>
    </div>
  )
}
