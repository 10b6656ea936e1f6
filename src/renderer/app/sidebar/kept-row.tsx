import clsx from 'clsx'
import { strings } from '../../strings/index.ts'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import type { TreeRow } from './tree.ts'

type KeptRowProps = {
  row: Extract<TreeRow, { kind: 'kept' }>
  isFocused: boolean
  isSelected: boolean
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onOpen: () => void
}

/** A workspace as its worker told of it before the app was started: what it is now, nobody knows yet. */
export function KeptWorkspaceRow({ row, isFocused, isSelected, onFocus, onKeyDown, onOpen }: KeptRowProps) {
  const was = strings.workers.wasWord[row.was]
  return (
    <div
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
      className={clsx(
        'flex h-full items-center gap-2 border-l-2 pr-3 pl-6 text-muted select-none focus-inset',
        isSelected ? 'border-accent bg-selected' : 'border-transparent hover:bg-hover',
      )}
    >
      <span className="sr-only">{strings.shell.rowName(row.label, strings.status.unreachable, was)}</span>
      <StatusIcon kind="unreachable" label={null} />
      <MiddleTruncate decorative text={row.label} className="flex-1" />
      <span aria-hidden className="text-meta whitespace-nowrap">
        {was}
      </span>
    </div>
  )
}
