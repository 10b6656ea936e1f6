import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beside, inNewTab, NO_LAYOUT, terminalsOf } from './layout.ts'
import { brokenPromises } from './layout-promises.ts'
import { readLayout, storedLayout } from './stored-layout.ts'
import {
  arranged,
  backgroundOf,
  closed,
  deleted,
  ended,
  kept,
  type ListedTerminal,
  listed,
  NO_TABS,
  opened,
  reopened,
  toReopen,
  type WorkspaceTabs,
} from './workspace-tabs.ts'

const idOf = (last: number): string => `00000000-0000-4000-8000-0000000000${last}`
const [A, B, C] = [idOf(91), idOf(92), idOf(93)]
const inTab = (terminal: string, id: string) => (tabs: WorkspaceTabs) =>
  opened(tabs, terminal, (layout) => inNewTab(layout, terminal, { id }))
const tabsAfter = (...changes: ((tabs: WorkspaceTabs) => WorkspaceTabs)[]): WorkspaceTabs =>
  changes.reduce((tabs, change) => change(tabs), NO_TABS)
const running = (...ids: string[]): ListedTerminal[] => ids.map((id) => ({ id }))
const hears =
  (...ids: string[]) =>
  (tabs: WorkspaceTabs) =>
    listed(tabs, running(...ids)).tabs
const hearsOf =
  (...list: ListedTerminal[]) =>
  (tabs: WorkspaceTabs) =>
    listed(tabs, list).tabs
const isSplit = (tabs: WorkspaceTabs) => opened(tabs, B, (layout) => beside(layout, B, { at: A, side: 'right' }))

const brings = (tabs: WorkspaceTabs, terminal?: string, newTab = 'new'): WorkspaceTabs => {
  const panes = toReopen(tabs, terminal)
  return panes === undefined ? tabs : reopened(tabs, panes, newTab)
}

describe('what the worker lists', () => {
  it('keeps a terminal that a list from before its making does not hold, and drops what is gone by name', () => {
    const tabs = tabsAfter(inTab(A, 'a'), hears(A), inTab(B, 'b'))
    const { tabs: next, gone } = listed(tabs, running(A))
    expect(terminalsOf(next.layout)).toEqual([A, B])
    expect(gone).toEqual([])
    const later = listed(hears(A, B)(next), running(B))
    expect(later.gone).toEqual([A])
    expect(terminalsOf(later.tabs.layout)).toEqual([B])
  })

  it('shows the first where nothing is arranged yet, and the others in the background', () => {
    const tabs = tabsAfter(hears(A, B, C))
    expect(terminalsOf(tabs.layout)).toEqual([A])
    expect(backgroundOf(tabs, [A, B, C])).toEqual([B, C])
  })

  it('leaves what somebody else makes in the background', () => {
    const tabs = tabsAfter(inTab(A, 'a'), hears(A, C))
    expect(terminalsOf(tabs.layout)).toEqual([A])
    expect(backgroundOf(tabs, [A, C])).toEqual([C])
  })

  it('does not bring back tabs that were all closed', () => {
    const tabs = tabsAfter(inTab(A, 'a'), hears(A), (before) => closed(before, [A], 'background'), hears(A))
    expect(terminalsOf(tabs.layout)).toEqual([])
    expect(backgroundOf(tabs, [A])).toEqual([A])
  })
})

describe('closing', () => {
  it('to the background keeps it in the list, to be ended does not', () => {
    const tabs = tabsAfter(inTab(A, 'a'), inTab(B, 'b'), hears(A, B))
    expect(backgroundOf(closed(tabs, [A], 'background'), [A, B])).toEqual([A])
    const leaving = closed(tabs, [A], 'end')
    expect(backgroundOf(leaving, [A, B])).toEqual([])
    expect(backgroundOf(kept(leaving, [A]), [A, B])).toEqual([A])
  })

  it('is undone where it was: a pane in its place, a tab in its place', () => {
    const split = tabsAfter(inTab(A, 'a'), isSplit, inTab(C, 'c'), hears(A, B, C))
    expect(brings(closed(split, [A], 'end')).layout.tabs[0]).toEqual(split.layout.tabs[0])
    const whole = brings(closed(split, [A, B], 'end'))
    expect(whole.layout.tabs).toEqual(split.layout.tabs)
    expect(whole.leaving).toEqual([])
    expect(whole.closed).toEqual([])
  })

  it('is undone beside what there is, where the tab has become another', () => {
    const split = tabsAfter(inTab(A, 'a'), isSplit, hears(A, B))
    const changed = opened(closed(split, [A], 'end'), C, (layout) => beside(layout, C, { at: B, side: 'down' }))
    expect(terminalsOf(brings(changed).layout).toSorted()).toEqual([A, B, C])
  })

  it('is undone for the one that is asked for, also for one that ran in the background', () => {
    const tabs = tabsAfter(inTab(A, 'a'), inTab(B, 'b'), hears(A, B, C))
    const both = closed(closed(closed(tabs, [A], 'end'), [C], 'end'), [B], 'end')
    expect(terminalsOf(brings(both, A).layout)).toEqual([A])
    expect(terminalsOf(brings(both, C).layout)).toEqual([C])
    expect(brings(both, C).leaving).toEqual([A, B])
  })

  it('cannot be undone once the terminal has ended', () => {
    const tabs = ended(closed(tabsAfter(inTab(A, 'a'), hears(A)), [A], 'end'), A)
    expect(tabs.closed).toEqual([])
    expect(backgroundOf(tabs, [A])).toEqual([])
  })
})

describe('the first terminal', () => {
  const expecting = (tabs: WorkspaceTabs): WorkspaceTabs => ({ ...tabs, expectsFirst: true })
  it('is expected until one runs, also over a deletion', () => {
    expect(tabsAfter(expecting, hears()).expectsFirst).toBe(true)
    expect(tabsAfter(expecting, deleted).expectsFirst).toBe(true)
    expect(tabsAfter(expecting, hears(A)).expectsFirst).toBe(false)
    expect(tabsAfter(expecting, inTab(A, 'a')).expectsFirst).toBe(false)
  })

  it('comes beside those that ended with the run before, which keep the place that they had', () => {
    const ended = hearsOf({ id: A, endedBy: 'stop' }, { id: B, exit: { code: 0 } })
    const tabs = tabsAfter(inTab(A, 'a'), hears(A), expecting, ended)
    expect([tabs.expectsFirst, terminalsOf(tabs.layout)]).toEqual([true, [A]])
    const fresh = tabsAfter(expecting, ended)
    expect([fresh.expectsFirst, terminalsOf(fresh.layout)]).toEqual([true, []])
    expect(terminalsOf(tabsAfter(hearsOf({ id: A, endedBy: 'stop' }, { id: B })).layout)).toEqual([B])
    expect(terminalsOf(tabsAfter(ended).layout)).toEqual([A])
  })
})

describe('whatever happens', () => {
  const ids = Array.from({ length: 12 }, (_, index) => idOf(index + 10))
  const id = fc.constantFrom(...ids)
  const some = fc.subarray(ids)
  const happening = fc.oneof(
    fc.tuple(id, fc.uuid()).map(([terminal, tab]) => inTab(terminal, tab)),
    fc.tuple(id, id).map(
      ([terminal, at]) =>
        (tabs: WorkspaceTabs) =>
          opened(tabs, terminal, (layout) => beside(layout, terminal, { at, side: 'down' })),
    ),
    some.map((all) => hears(...all)),
    fc.tuple(some, fc.constantFrom('end' as const, 'background' as const)).map(
      ([all, then]) =>
        (tabs: WorkspaceTabs) =>
          closed(tabs, all, then),
    ),
    fc.tuple(fc.uuid(), fc.option(id, { nil: undefined })).map(
      ([tab, terminal]) =>
        (tabs: WorkspaceTabs) =>
          brings(tabs, terminal, tab),
    ),
    id.map((terminal) => (tabs: WorkspaceTabs) => ended(tabs, terminal)),
    some.map((all) => (tabs: WorkspaceTabs) => kept(tabs, all)),
  )

  it('keeps the promises of a layout, loses sight of no terminal, and is found again as it was', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const tabs = tabsAfter(...happenings, hears(...ids))
        expect(brokenPromises(tabs.layout)).toEqual([])
        const seen = [...terminalsOf(tabs.layout), ...tabs.leaving, ...backgroundOf(tabs, ids)]
        expect(seen.toSorted()).toEqual(ids.toSorted())
        expect(readLayout(JSON.parse(JSON.stringify(storedLayout(tabs.layout))))).toEqual(tabs.layout)
      }),
    )
  })
})

describe('what was kept', () => {
  const kept = storedLayout(tabsAfter(inTab(A, 'a'), isSplit).layout)
  it('is read only as it was written', () => {
    expect(readLayout(kept)).toBeDefined()
    expect(readLayout(storedLayout(NO_LAYOUT))).toEqual(NO_LAYOUT)
  })
  it.each([
    ['nothing', undefined],
    ['text', '{"version":1'],
    ['another version', { ...kept, version: 2 }],
    ['an active tab that is not there', { ...kept, layout: { ...kept.layout, active: 'gone' } }],
    [
      'a terminal twice',
      {
        ...kept,
        layout: { tabs: [...kept.layout.tabs, ...kept.layout.tabs.map((tab) => ({ ...tab, id: 'b' }))], active: 'a' },
      },
    ],
    ['foreign names', JSON.parse(JSON.stringify(kept).replaceAll(A, '../../etc'))],
    ['shares beyond the whole', JSON.parse(JSON.stringify(kept).replaceAll('0.5', '0.9'))],
  ])('refuses %s', (_what, value) => expect(readLayout(value)).toBeUndefined())
})

it('arranges nothing where nothing changes', () => {
  const tabs = tabsAfter(inTab(A, 'a'))
  expect(arranged(tabs, (layout) => layout)).toBe(tabs)
})
