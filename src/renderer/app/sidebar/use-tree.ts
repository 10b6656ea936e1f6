import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react'
import { useCommandCenter } from '../../commands/context.ts'
import { focusPage } from '../focus.ts'
import { useNavigation, useWorkspaceRoute } from '../navigation.ts'
import { useOverlay } from '../overlays/overlay.ts'
import { useWorkersInScope } from '../switching/scope.ts'
import { buildRows, rowKey, type TreeAction, type TreeRow, treeAction, typeAhead } from './tree.ts'

/** Letters that follow each other faster than this are one word to look for. */
const TYPE_AHEAD_MS = 700

type TreeDeps = { box: RefObject<HTMLElement | null>; onMenu: (key: string) => void }

/** The rows of the tree and what keys do on them. The keyboard stands on one row; the page is of another, perhaps. */
export function useTree({ box, onMenu }: TreeDeps) {
  const route = useWorkspaceRoute()
  const { rows, fold } = useTreeRows()
  const selectedKey = route === undefined ? undefined : rowKey(route.worker, route.workspace)
  const { focusedIndex, focus, focusRow } = useRowFocus({ rows, selectedKey, box })
  const findTyped = useTypeAhead()
  const carryOut = useTreeActions({ selectedKey, fold, focusRow, onMenu })

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    const at = rows[focusedIndex]?.key
    const action = treeAction(rows, at, event)
    if (action !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      carryOut(action)
      return
    }
    const key = findTyped(event, (text) => typeAhead(rows, at, text))
    if (key !== undefined) focusRow(key)
  }
  const open = (row: TreeRow): void => carryOut({ kind: 'open', row })
  return { rows, focusedIndex, selectedKey, focus, fold, open, onKeyDown }
}

function useTreeRows() {
  const workers = useWorkersInScope()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(
    () =>
      buildRows(
        workers.map(({ worker, workspaces, kept }) => ({ id: worker.id, label: worker.label, workspaces, kept })),
        folded,
      ),
    [workers, folded],
  )
  const fold = (worker: string, isFolded: boolean): void => {
    const next = new Set(folded)
    if (isFolded) next.add(worker)
    else next.delete(worker)
    setFolded(next)
  }
  return { rows, fold }
}

type FocusDeps = { rows: readonly TreeRow[]; selectedKey: string | undefined; box: RefObject<HTMLElement | null> }

/** The row with the keyboard. One that went leaves it to the row that took its place. */
function useRowFocus({ rows, selectedKey, box }: FocusDeps) {
  const [focused, setFocused] = useState<{ key: string; index: number } | undefined>(undefined)
  const indexOf = (key: string | undefined): number => rows.findIndex((row) => row.key === key)
  const own = indexOf(focused?.key)
  const fallback = focused === undefined ? indexOf(selectedKey) : focused.index
  const focusedIndex = own >= 0 ? own : Math.max(0, Math.min(fallback, rows.length - 1))

  const focus = (key: string): void => setFocused({ key, index: indexOf(key) })
  const focusRow = (key: string): void => {
    focus(key)
    // The row may only now be drawn, if it was out of sight.
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus()
    })
  }
  return { focusedIndex, focus, focusRow }
}

type ActionDeps = {
  selectedKey: string | undefined
  fold: (worker: string, folded: boolean) => void
  focusRow: (key: string) => void
  onMenu: (key: string) => void
}

function useTreeActions({ selectedKey, fold, focusRow, onMenu }: ActionDeps): (action: TreeAction) => void {
  const { openWorkspace } = useNavigation()
  const overlay = useOverlay()
  const center = useCommandCenter()
  const open = (row: TreeRow): void => {
    if (row.kind === 'worker') fold(row.worker, row.expanded)
    else if (row.key === selectedKey) focusPage()
    else openWorkspace(row.worker, row.label)
  }
  const onWorkspace = (row: TreeRow, run: (row: Extract<TreeRow, { kind: 'workspace' }>) => void): void => {
    if (row.kind === 'workspace') run(row)
  }
  return (action) => {
    switch (action.kind) {
      case 'focus':
        focusRow(action.key)
        break
      case 'fold':
        fold(action.worker, action.folded)
        break
      case 'open':
        open(action.row)
        break
      case 'menu':
        if (action.row.kind !== 'kept') onMenu(action.row.key)
        break
      case 'delete':
        onWorkspace(action.row, ({ worker, workspace }) =>
          overlay.open({ kind: 'delete', worker, workspace: workspace.name }),
        )
        break
      case 'leave': {
        const terminal = center.handlerOf('focus-terminal')
        if (terminal === undefined || terminal.unavailable !== undefined) focusPage()
        else terminal.run()
      }
    }
  }
}

/** Gathers letters into a word; what it leads to is asked of `find`. */
function useTypeAhead() {
  const typed = useRef({ text: '', at: 0 })
  return (event: KeyboardEvent, find: (text: string) => string | undefined): string | undefined => {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return undefined
    const goesOn = event.timeStamp - typed.current.at < TYPE_AHEAD_MS
    typed.current = { text: goesOn ? typed.current.text + event.key : event.key, at: event.timeStamp }
    return find(typed.current.text)
  }
}
