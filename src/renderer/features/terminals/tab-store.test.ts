import { describe, expect, it } from 'vitest'
import { activeTab, NO_TABS, reduceTabs, shownTabs, type TabEvent } from './tab-store.ts'

const tabsAfter = (...events: TabEvent[]) => events.reduce(reduceTabs, NO_TABS)

describe('tabs', () => {
  it('shows what the worker lists, then what is being opened', () => {
    expect(shownTabs(tabsAfter({ type: 'opened', id: 'new' }), ['a', 'b'])).toEqual(['a', 'b', 'new'])
  })

  it('shows a terminal once when the worker lists it, and no more when it is gone there', () => {
    const tabs = tabsAfter({ type: 'opened', id: 'new' }, { type: 'listed', ids: ['new'] })
    expect(shownTabs(tabs, ['new'])).toEqual(['new'])
    expect(shownTabs(tabs, [])).toEqual([])
  })

  it('keeps one that a list from before its making does not hold', () => {
    const tabs = tabsAfter({ type: 'opened', id: 'new' }, { type: 'listed', ids: ['a'] })
    expect(shownTabs(tabs, ['a'])).toEqual(['a', 'new'])
  })

  it('takes off what runs in the background until it is looked at again', () => {
    const tabs = tabsAfter({ type: 'backgrounded', id: 'a' })
    expect(shownTabs(tabs, ['a', 'b'])).toEqual(['b'])
    expect(shownTabs(reduceTabs(tabs, { type: 'activated', id: 'a' }), ['a', 'b'])).toEqual(['a', 'b'])
  })

  it('does not show what was ended here, even while the worker still lists it', () => {
    expect(shownTabs(tabsAfter({ type: 'opened', id: 'a' }, { type: 'ended', id: 'a' }), ['a'])).toEqual([])
  })
})

describe('the active tab', () => {
  it('is the chosen one, or the last when that is gone', () => {
    const tabs = tabsAfter({ type: 'activated', id: 'a' })
    expect(activeTab(tabs, ['a', 'b'])).toBe('a')
    expect(activeTab(tabs, ['b', 'c'])).toBe('c')
    expect(activeTab(tabs, [])).toBeUndefined()
  })
})

describe('the first terminal', () => {
  it('is expected until one is there', () => {
    expect(tabsAfter({ type: 'expect-first' }).expectsFirst).toBe(true)
    expect(tabsAfter({ type: 'expect-first' }, { type: 'listed', ids: [] }).expectsFirst).toBe(true)
    expect(tabsAfter({ type: 'expect-first' }, { type: 'listed', ids: ['a'] }).expectsFirst).toBe(false)
    expect(tabsAfter({ type: 'expect-first' }, { type: 'opened', id: 'a' }).expectsFirst).toBe(false)
  })
})
