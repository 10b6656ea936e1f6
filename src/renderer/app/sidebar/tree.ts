import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import type { KeptRow } from '../../platform/kept-lists.ts'

/** A worker with its workspaces, as the tree is built from. `undefined`: they are not known yet, but for what was `kept`. */
export type TreeWorker = {
  id: string
  label: string
  workspaces: readonly WorkspaceInfo[] | undefined
  kept: readonly KeptRow[]
}

/** One visible row. Positions are what assistive technology is told, as not all rows are in the page. */
export type TreeRow =
  | { kind: 'worker'; key: string; worker: string; label: string; expanded: boolean; position: number; setSize: number }
  | (ChildRow & { kind: 'workspace'; workspace: WorkspaceInfo })
  /** A workspace of which only the last state is known, from before the app was started. */
  | (ChildRow & { kind: 'kept'; was: KeptRow['status'] })

type ChildRow = { key: string; worker: string; label: string; position: number; setSize: number }

export const workerKey = (worker: string): string => `worker/${worker}`
export const rowKey = (worker: string, workspace: string): string => `workspace/${worker}/${workspace}`

/** The rows that are visible, top to bottom, given which workers are folded. */
export function buildRows(workers: readonly TreeWorker[], folded: ReadonlySet<string>): TreeRow[] {
  return workers.flatMap((worker, index) => {
    const expanded = !folded.has(worker.id)
    const head: TreeRow = {
      kind: 'worker',
      key: workerKey(worker.id),
      worker: worker.id,
      label: worker.label,
      expanded,
      position: index + 1,
      setSize: workers.length,
    }
    return expanded ? [head, ...childrenOf(worker)] : [head]
  })
}

function childrenOf({ id, workspaces, kept }: TreeWorker): TreeRow[] {
  const row = (name: string, at: number, setSize: number): ChildRow => ({
    key: rowKey(id, name),
    worker: id,
    label: name,
    position: at + 1,
    setSize,
  })
  if (workspaces === undefined)
    return kept.map(({ name, status }, at) => ({ ...row(name, at, kept.length), kind: 'kept', was: status }))
  return workspaces.map((workspace, at) => ({
    ...row(workspace.name, at, workspaces.length),
    kind: 'workspace',
    workspace,
  }))
}

/** What a key does in the tree. Only `open` changes what is looked at. */
export type TreeAction =
  | { kind: 'focus'; key: string }
  | { kind: 'fold'; worker: string; folded: boolean }
  | { kind: 'open'; row: TreeRow }
  | { kind: 'menu'; row: TreeRow }
  | { kind: 'delete'; row: TreeRow }
  | { kind: 'leave' }

type KeyPress = { key: string; shiftKey: boolean; metaKey: boolean; ctrlKey: boolean; altKey: boolean }

/** The keys of a tree (WAI-ARIA APG, tree view) on the rows that are visible; undefined: the key is not the tree's. */
export function treeAction(
  rows: readonly TreeRow[],
  focused: string | undefined,
  press: KeyPress,
): TreeAction | undefined {
  const index = Math.max(
    0,
    rows.findIndex((row) => row.key === focused),
  )
  const row = rows[index]
  if (row === undefined) return undefined
  if (press.metaKey && press.key === 'Backspace') return { kind: 'delete', row }
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined
  if (press.key === 'ContextMenu' || (press.shiftKey && press.key === 'F10')) return { kind: 'menu', row }
  return actionOnRow(press.key, { rows, index, row })
}

function actionOnRow(
  key: string,
  at: { rows: readonly TreeRow[]; index: number; row: TreeRow },
): TreeAction | undefined {
  const { rows, index, row } = at
  switch (key) {
    case 'ArrowDown':
      return focusOn(rows[index + 1])
    case 'ArrowUp':
      return focusOn(rows[index - 1])
    case 'Home':
      return focusOn(rows[0])
    case 'End':
      return focusOn(rows.at(-1))
    case 'ArrowRight':
      return right(rows, index)
    case 'ArrowLeft':
      return left(rows, row)
    case 'Enter':
    case ' ':
      return { kind: 'open', row }
    case 'Delete':
      return { kind: 'delete', row }
    case 'Escape':
      return { kind: 'leave' }
    default:
      return undefined
  }
}

const focusOn = (row: TreeRow | undefined): TreeAction | undefined => row && { kind: 'focus', key: row.key }

function right(rows: readonly TreeRow[], index: number): TreeAction | undefined {
  const row = rows[index]
  if (row?.kind !== 'worker') return undefined
  if (!row.expanded) return { kind: 'fold', worker: row.worker, folded: false }
  const next = rows[index + 1]
  return next === undefined || next.kind === 'worker' ? undefined : focusOn(next)
}

function left(rows: readonly TreeRow[], row: TreeRow): TreeAction | undefined {
  if (row.kind === 'worker') return row.expanded ? { kind: 'fold', worker: row.worker, folded: true } : undefined
  return focusOn(rows.find((other) => other.key === workerKey(row.worker)))
}

/** The next row whose name begins with what was typed, searched from the focused row on and around. */
export function typeAhead(rows: readonly TreeRow[], focused: string | undefined, typed: string): string | undefined {
  const start = rows.findIndex((row) => row.key === focused)
  // A single letter moves on from where one is; more letters may still mean the row that one is on.
  const first = typed.length === 1 ? start + 1 : Math.max(0, start)
  const order = [...rows.slice(first), ...rows.slice(0, first)]
  return order.find((row) => row.label.toLowerCase().startsWith(typed.toLowerCase()))?.key
}
