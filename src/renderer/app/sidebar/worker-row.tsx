import { ChevronDown, ChevronRight } from 'lucide-react'
import { strings } from '../../strings/index.ts'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import { useConnection } from '../../worker/workers.ts'
import { linkStateOf } from '../link-state.ts'
import type { ListedWorker } from '../worker-list.ts'
import type { TreeRow } from './tree.ts'

type WorkerRowProps = {
  row: Extract<TreeRow, { kind: 'worker' }>
  listed: ListedWorker
  isFocused: boolean
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onFold: (worker: string, folded: boolean) => void
}

export function WorkerRow({ row, listed, isFocused, onFocus, onKeyDown, onFold }: WorkerRowProps) {
  const { kind, word } = linkStateOf(useConnection(listed.worker.client))
  const Chevron = row.expanded ? ChevronDown : ChevronRight
  return (
    <div
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
      className="flex h-full items-center gap-2 pr-2 pl-2 select-none focus-inset hover:bg-hover"
    >
      <Chevron size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="sr-only">{strings.shell.workerName(row.label, word)}</span>
      <MiddleTruncate decorative text={row.label} className="flex-1 font-strong" />
      <span aria-hidden className="flex items-center gap-1.5 text-meta text-muted">
        {word}
        {kind === 'running' ? null : <StatusIcon kind={kind} label={null} />}
      </span>
    </div>
  )
}
