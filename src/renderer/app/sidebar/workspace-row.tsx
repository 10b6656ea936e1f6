import clsx from 'clsx'
import { Ellipsis, Hourglass } from 'lucide-react'
import { useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { MenuRoot, MenuTrigger } from '../../ui/menu.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import { lifeInWords } from '../../worker/life.ts'
import { phaseOf } from '../../worker/phase.ts'
import { isStale } from '../../worker/standing.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import { useStanding, type Worker } from '../../worker/workers.ts'
import { WorkspaceMenu } from '../workspace-menu.tsx'
import { rowNote } from './row-note.ts'
import type { TreeRow } from './tree.ts'

const AGE_EVERY_MS = 60_000
const LEFT_EVERY_MS = 15_000

type WorkspaceRowProps = {
  row: Extract<TreeRow, { kind: 'workspace' }>
  worker: Worker
  isFocused: boolean
  isSelected: boolean
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onOpen: () => void
  menuOpen: boolean
  onMenu: (open: boolean) => void
}

/** One workspace: its state by shape and word, its name, and what it is doing or since when it is as it is. */
export function WorkspaceRow(props: WorkspaceRowProps) {
  const { row, worker, isFocused, isSelected, onFocus, onKeyDown, onOpen, menuOpen, onMenu } = props
  const { workspace } = row
  const element = useRef<HTMLDivElement>(null)
  const stale = isStale(useStanding(worker))
  const phase = phaseOf(workspace, stale)
  const now = useWorkerNow(worker, workspace.expiresAt === undefined ? AGE_EVERY_MS : LEFT_EVERY_MS)
  const { note, isWarning } = rowNote(workspace, phase, now)
  const life = lifeInWords(workspace, now).join(', ')
  return (
    <div
      ref={element}
      role="treeitem"
      data-row={row.key}
      tabIndex={isFocused ? 0 : -1}
      aria-level={2}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onOpen}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(true)
      }}
      className={clsx(
        'group flex h-full items-center gap-2 border-l-2 pr-1 pl-6 select-none focus-inset',
        stale && 'text-muted',
        isSelected ? 'border-accent bg-selected' : 'border-transparent hover:bg-hover',
      )}
    >
      <span className="sr-only">
        {strings.shell.rowName(workspace.name, phase.word, note === phase.word ? '' : note)}
        {life === '' ? null : strings.shell.rowLife(life)}
      </span>
      <StatusIcon kind={phase.kind} label={null} percent={phase.percent} />
      <MiddleTruncate decorative text={workspace.name} className="flex-1" />
      {life === '' ? null : (
        <span aria-hidden title={life} className="text-muted">
          <Hourglass size={12} />
        </span>
      )}
      <span aria-hidden className={clsx('text-meta whitespace-nowrap', isWarning ? 'text-warn' : 'text-muted')}>
        {note}
      </span>
      <RowMenu workspace={workspace.name} open={menuOpen} onOpen={onMenu}>
        <WorkspaceMenu worker={worker} workspace={workspace} isReachable={!stale} returnTo={element} />
      </RowMenu>
    </div>
  )
}

/** For the pointer; keys open it by Shift+F10 on the row. Its clicks do not open the row. */
function RowMenu(props: {
  workspace: string
  open: boolean
  onOpen: (open: boolean) => void
  children: React.ReactNode
}) {
  return (
    <MenuRoot open={props.open} onOpenChange={props.onOpen}>
      <MenuTrigger asChild>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label={strings.shell.rowMenu(props.workspace)}
          onClick={(event) => event.stopPropagation()}
          className="flex size-6 shrink-0 items-center justify-center rounded-control text-muted opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 hover:bg-hover hover:text-fg pointer-coarse:size-11 pointer-coarse:opacity-100 data-[state=open]:opacity-100"
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      </MenuTrigger>
      {props.children}
    </MenuRoot>
  )
}
