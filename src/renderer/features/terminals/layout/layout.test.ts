import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activate,
  activeTab,
  allShown,
  beside,
  focus,
  inNewTab,
  intoTab,
  type Layout,
  moveTab,
  NO_LAYOUT,
  replace,
  resize,
  tabOf,
  terminalsOf,
  toggleZoom,
  towards,
  without,
} from './layout.ts'
import { brokenPromises } from './layout-promises.ts'
import { MAX_PANES, type Side, terminalsIn } from './pane-tree.ts'

const SIDES = ['left', 'right', 'up', 'down'] as const
const NAMES = Array.from({ length: 24 }, (_, index) => `t${index}`)
const TABS = ['A', 'B', 'C', 'D']

const name = fc.constantFrom(...NAMES)
const side = fc.constantFrom<Side>(...SIDES)
const tab = fc.constantFrom(...TABS)

type Deed = { says: string; change: (layout: Layout) => Layout }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  // The id of a tab is new whenever one is made.
  fc.tuple(name, fc.nat(5)).map(([terminal, index]) => ({
    says: `inNewTab ${terminal} ${index}`,
    change: (layout: Layout) => {
      const id = TABS.find((free) => !layout.tabs.some((found) => found.id === free))
      return id === undefined ? layout : inNewTab(layout, terminal, { id, index })
    },
  })),
  fc.tuple(name, name, side).map(([terminal, at, where]) => ({
    says: `beside ${terminal} ${at} ${where}`,
    change: (layout: Layout) => beside(layout, terminal, { at, side: where }),
  })),
  fc.tuple(name, tab).map(([terminal, id]) => ({
    says: `intoTab ${terminal} ${id}`,
    change: (layout: Layout) => intoTab(layout, terminal, id),
  })),
  fc.tuple(name, side).map(([terminal, where]) => ({
    says: `towards ${terminal} ${where}`,
    change: (layout: Layout) => towards(layout, terminal, where),
  })),
  fc.array(name, { maxLength: 4 }).map((terminals) => ({
    says: `without ${terminals.join()}`,
    change: (layout: Layout) => without(layout, terminals),
  })),
  name.map((terminal) => ({ says: `focus ${terminal}`, change: (layout: Layout) => focus(layout, terminal) })),
  name.map((terminal) => ({ says: `zoom ${terminal}`, change: (layout: Layout) => toggleZoom(layout, terminal) })),
  tab.map((id) => ({ says: `activate ${id}`, change: (layout: Layout) => activate(layout, id) })),
  fc.tuple(tab, fc.integer({ min: -1, max: 5 })).map(([id, index]) => ({
    says: `moveTab ${id} ${index}`,
    change: (layout: Layout) => moveTab(layout, id, index),
  })),
  fc.tuple(name, name).map(([from, to]) => ({
    says: `replace ${from} ${to}`,
    change: (layout: Layout) => replace(layout, from, to),
  })),
  fc
    .tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.nat(7), fc.double({ noNaN: true }))
    .map(([path, index, value]) => ({
      says: `resize ${path.join()} ${index} ${value}`,
      change: (layout: Layout) => resize(layout, { path, index }, value),
    })),
)

describe('whatever is done to a layout', () => {
  it('keeps what is promised of it', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        let layout = NO_LAYOUT
        for (const { says, change } of deeds) {
          layout = change(layout)
          expect(brokenPromises(layout), says).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('loses no terminal that was not taken out, and invents none', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), name, side, (deeds, terminal, where) => {
        const before = deeds.reduce((layout, { change }) => change(layout), NO_LAYOUT)
        const sorted = terminalsOf(before).toSorted()
        expect(terminalsOf(towards(before, terminal, where)).toSorted()).toEqual(sorted)
        expect(terminalsOf(without(before, [terminal])).toSorted()).toEqual(sorted.filter((id) => id !== terminal))
        const present = sorted.includes(terminal)
        if (present) {
          for (const { id } of before.tabs)
            expect(terminalsOf(intoTab(before, terminal, id)).toSorted()).toEqual(sorted)
        }
      }),
    )
  })
})

it('shows exactly those that are there, wherever they are', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), fc.array(name, { maxLength: 12 }), (deeds, terminals) => {
      const before = deeds.reduce((layout, { change }) => change(layout), NO_LAYOUT)
      const after = allShown(before, terminals)
      expect(brokenPromises(after)).toEqual([])
      expect(terminalsOf(after).toSorted()).toEqual([...new Set(terminals)].toSorted())
      const kept = after.tabs.filter(({ id }) => before.tabs.some((tab) => tab.id === id))
      expect(kept).toEqual(
        without(
          before,
          terminalsOf(before).filter((id) => !terminals.includes(id)),
        ).tabs,
      )
    }),
  )
})

const oneTab = (): Layout => inNewTab(NO_LAYOUT, 'a', { id: 'A' })
const twoPanes = (): Layout => beside(oneTab(), 'b', { at: 'a', side: 'right' })

describe('splitting', () => {
  it('gives three in a row a third each, and the keyboard to the new one', () => {
    const layout = beside(twoPanes(), 'c', { at: 'b', side: 'right' })
    const tree = activeTab(layout)?.tree
    expect(tree?.kind === 'split' ? tree.parts.map(({ share }) => share.toFixed(3)) : []).toEqual([
      '0.333',
      '0.333',
      '0.333',
    ])
    expect(activeTab(layout)?.current).toBe('c')
  })

  it('refuses the ninth', () => {
    const names = NAMES.slice(0, MAX_PANES + 1)
    const full = names
      .slice(1)
      .reduce(
        (layout, terminal) => beside(layout, terminal, { at: 't0', side: 'down' }),
        inNewTab(NO_LAYOUT, 't0', { id: 'A' }),
      )
    expect(terminalsOf(full)).toHaveLength(MAX_PANES)
    const other = inNewTab(full, 'else', { id: 'B' })
    expect(intoTab(other, 'else', 'A')).toBe(other)
    expect(terminalsOf(towards(full, 't3', 'right'))).toHaveLength(MAX_PANES)
  })
})

describe('moving', () => {
  it('changes places with the neighbour, or takes the edge', () => {
    expect(terminalsOf(towards(twoPanes(), 'b', 'left'))).toEqual(['b', 'a'])
    const down = towards(twoPanes(), 'a', 'down')
    expect(activeTab(down)?.tree).toMatchObject({ axis: 'column' })
    expect(terminalsOf(down)).toEqual(['b', 'a'])
  })

  it('leaves no tab behind that holds nothing', () => {
    const layout = inNewTab(oneTab(), 'b', { id: 'B' })
    const moved = intoTab(layout, 'b', 'A')
    expect(moved.tabs.map(({ id }) => id)).toEqual(['A'])
    expect(moved.active).toBe('A')
  })

  it('makes a tab of a pane', () => {
    const layout = inNewTab(twoPanes(), 'a', { id: 'B' })
    expect(layout.tabs.map((found) => terminalsIn(found.tree))).toEqual([['b'], ['a']])
    expect(layout.active).toBe('B')
  })
})

describe('zoom', () => {
  it('is left by going to another terminal', () => {
    const zoomed = toggleZoom(twoPanes(), 'a')
    expect(activeTab(zoomed)).toMatchObject({ isZoomed: true, current: 'a' })
    expect(activeTab(toggleZoom(zoomed, 'a'))?.isZoomed).toBe(false)
    expect(activeTab(focus(zoomed, 'b'))).toMatchObject({ isZoomed: false, current: 'b' })
  })
  it('means nothing with one terminal', () => expect(toggleZoom(oneTab(), 'a')).toEqual(oneTab()))
})

describe('taking out', () => {
  it('gives the keyboard to what took the place', () => {
    const layout = without(inNewTab(inNewTab(oneTab(), 'b', { id: 'B' }), 'c', { id: 'C' }), ['c'])
    expect(layout.active).toBe('B')
    expect(activeTab(without(twoPanes(), ['b']))?.current).toBe('a')
    expect(without(oneTab(), ['a'])).toEqual(NO_LAYOUT)
  })
  it('knows the tab of what is left', () => {
    const layout = without(twoPanes(), ['a'])
    expect(tabOf(layout, 'b')?.id).toBe('A')
    expect(tabOf(layout, 'a')).toBeUndefined()
  })
})
