import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { useWorkersInScope } from '../switching/scope.ts'
import { KeptWorkspaceRow } from './kept-row.tsx'
import type { TreeRow } from './tree.ts'
import { useTree } from './use-tree.ts'
import { WorkerRow } from './worker-row.tsx'
import { WorkspaceRow } from './workspace-row.tsx'

const ROW_PX = 32
const TOUCH_ROW_PX = 44
const OVERSCAN_ROWS = 8

/**
 * The tree of workers and workspaces. Only the rows in sight are in the page, and always the one that has the keyboard;
 * each tells its place, so that assistive technology knows of the others.
 */
export function WorkspaceTree() {
  const box = useRef<HTMLDivElement>(null)
  const workers = useWorkersInScope()
  const [menuRow, setMenuRow] = useState<string | undefined>(undefined)
  const tree = useTree({ box, onMenu: setMenuRow })
  const { rows, focusedIndex } = tree
  const rowHeight = matchMedia('(pointer: coarse)').matches ? TOUCH_ROW_PX : ROW_PX
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
    initialRect: { width: 260, height: 800 },
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), focusedIndex])]
        .filter((index) => index < rows.length)
        .sort((a, b) => a - b),
  })

  const draw = (row: TreeRow, index: number) => {
    const listed = workers.find(({ worker }) => worker.id === row.worker)
    if (listed === undefined) return null
    const place = {
      isFocused: index === focusedIndex,
      onFocus: () => tree.focus(row.key),
      onKeyDown: tree.onKeyDown,
    }
    const menu = {
      menuOpen: menuRow === row.key,
      onMenu: (open: boolean) => setMenuRow(open ? row.key : undefined),
    }
    const choice = { isSelected: row.key === tree.selectedKey, onOpen: () => tree.open(row) }
    switch (row.kind) {
      case 'worker':
        return <WorkerRow row={row} listed={listed} {...place} {...menu} onFold={tree.fold} />
      case 'kept':
        return <KeptWorkspaceRow row={row} {...place} {...choice} />
      case 'workspace':
        return <WorkspaceRow row={row} worker={listed.worker} {...place} {...choice} {...menu} />
    }
  }
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto">
      <div
        role="tree"
        aria-label={strings.shell.sidebar}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <div
              key={item.key}
              role="presentation"
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {draw(row, item.index)}
            </div>
          )
        })}
      </div>
      <EmptyHint />
    </div>
  )
}

/** The one worker in sight says that it has no workspaces, once that is known; of several, that is seen. */
function EmptyHint() {
  const [only, ...others] = useWorkersInScope()
  if (only?.workspaces?.length !== 0 || others.length > 0) return null
  return <p className="px-4 py-2 text-muted">{strings.shell.noWorkspaces(only.worker.label)}</p>
}
