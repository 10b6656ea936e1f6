import { describe, expect, it } from 'vitest'
import { workspaceNamed } from '../../worker/workspace.fixture.ts'
import { buildRows, rowKey, treeAction, typeAhead, workerKey } from './tree.ts'

const WORKERS = [
  {
    id: 'local',
    label: 'This computer',
    workspaces: ['api', 'docs', 'dune'].map((name) => workspaceNamed(name)),
    kept: [],
  },
  { id: 'atlas', label: 'atlas', workspaces: undefined, kept: [] },
]
const rows = buildRows(WORKERS, new Set())
const press = (key: string, modifiers: object = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
})
const api = rowKey('local', 'api')

describe('rows', () => {
  it('tells places among siblings, not among rows', () => {
    expect(rows.map((row) => [row.label, row.position, row.setSize])).toEqual([
      ['This computer', 1, 2],
      ['api', 1, 3],
      ['docs', 2, 3],
      ['dune', 3, 3],
      ['atlas', 2, 2],
    ])
  })

  it('leaves out what is folded', () => {
    expect(buildRows(WORKERS, new Set(['local'])).map((row) => row.label)).toEqual(['This computer', 'atlas'])
  })
})

describe('a worker that has not answered yet', () => {
  const kept = [
    { name: 'ml', status: 'running' as const },
    { name: 'web', status: 'stopped' as const },
  ]
  const away = { id: 'atlas', label: 'atlas', workspaces: undefined, kept }

  it('has the rows of its last list, until it tells anew', () => {
    expect(buildRows([away], new Set())).toMatchObject([
      { kind: 'worker' },
      { kind: 'kept', label: 'ml', was: 'running', position: 1, setSize: 2 },
      { kind: 'kept', label: 'web', was: 'stopped', position: 2, setSize: 2 },
    ])
    expect(buildRows([{ ...away, workspaces: [] }], new Set()).map(({ kind }) => kind)).toEqual(['worker'])
  })

  it('lets the keyboard into them, and deletes nothing there', () => {
    const rows = buildRows([away], new Set())
    expect(treeAction(rows, workerKey('atlas'), press('ArrowRight'))).toEqual({
      kind: 'focus',
      key: rowKey('atlas', 'ml'),
    })
    expect(treeAction(rows, rowKey('atlas', 'ml'), press('Enter'))).toMatchObject({
      kind: 'open',
      row: { kind: 'kept' },
    })
  })
})

describe('keys', () => {
  it('moves by arrows and stops at the ends', () => {
    expect(treeAction(rows, api, press('ArrowDown'))).toEqual({ kind: 'focus', key: rowKey('local', 'docs') })
    expect(treeAction(rows, workerKey('local'), press('ArrowUp'))).toBeUndefined()
    expect(treeAction(rows, api, press('End'))).toEqual({ kind: 'focus', key: workerKey('atlas') })
  })

  it('folds, unfolds, and goes to the worker of a workspace', () => {
    expect(treeAction(rows, workerKey('local'), press('ArrowLeft'))).toEqual({
      kind: 'fold',
      worker: 'local',
      folded: true,
    })
    expect(treeAction(rows, api, press('ArrowLeft'))).toEqual({ kind: 'focus', key: workerKey('local') })
    expect(treeAction(rows, workerKey('local'), press('ArrowRight'))).toEqual({ kind: 'focus', key: api })
  })

  it('opens, deletes and shows the menu of the focused row', () => {
    expect(treeAction(rows, api, press('Enter'))?.kind).toBe('open')
    expect(treeAction(rows, api, press('Delete'))?.kind).toBe('delete')
    expect(treeAction(rows, api, press('Backspace', { metaKey: true }))?.kind).toBe('delete')
    expect(treeAction(rows, api, press('F10', { shiftKey: true }))?.kind).toBe('menu')
  })

  it('leaves chords to others', () => {
    expect(treeAction(rows, api, press('ArrowDown', { ctrlKey: true }))).toBeUndefined()
    expect(treeAction(rows, api, press('d'))).toBeUndefined()
  })
})

describe('type-ahead', () => {
  it('goes round through the rows that begin with a letter', () => {
    expect(typeAhead(rows, api, 'd')).toBe(rowKey('local', 'docs'))
    expect(typeAhead(rows, rowKey('local', 'docs'), 'd')).toBe(rowKey('local', 'dune'))
    expect(typeAhead(rows, rowKey('local', 'dune'), 'd')).toBe(rowKey('local', 'docs'))
  })

  it('stays on the row that more letters still fit', () => {
    expect(typeAhead(rows, rowKey('local', 'dune'), 'du')).toBe(rowKey('local', 'dune'))
    expect(typeAhead(rows, api, 'x')).toBeUndefined()
  })
})
