import { expect, it } from 'vitest'
import { inNewTab, NO_LAYOUT, terminalsOf } from './layout/layout.ts'
import { storedLayout } from './layout/stored-layout.ts'
import { opened } from './layout/workspace-tabs.ts'
import type { LayoutMemory } from './layout-memory.ts'
import { createTabStore } from './tab-store.ts'

const A = '00000000-0000-4000-8000-000000000001'
const KEY = 'local/api'
const kept = storedLayout(inNewTab(NO_LAYOUT, A, { id: 'a' }))

function memoryOf(entries: Record<string, unknown>) {
  const held = new Map(Object.entries(entries))
  const memory: LayoutMemory = {
    load: () => Promise.resolve(new Map(held)),
    save: (key, value) => held.set(key, value),
    forget: (key) => held.delete(key),
  }
  return { memory, held }
}

it('finds a layout again, and keeps it while nothing is heard of its worker', async () => {
  const store = createTabStore(memoryOf({ [KEY]: kept }).memory)
  expect(store.isLoaded()).toBe(false)
  await store.loaded
  expect(terminalsOf(store.read(KEY).layout)).toEqual([A])
})

it('begins with nothing where the value is torn', async () => {
  const store = createTabStore(memoryOf({ [KEY]: { version: 1, layout: { tabs: 'x' } } }).memory)
  await store.loaded
  expect(store.read(KEY).isKnown).toBe(false)
})

it('writes each change of a layout, and forgets that of a workspace that was deleted', async () => {
  const { memory, held } = memoryOf({})
  const store = createTabStore(memory)
  await store.loaded
  store.expectFirst(KEY)
  expect(held.size).toBe(0)
  store.change(KEY, (tabs) => opened(tabs, A, (layout) => inNewTab(layout, A, { id: 'a' })))
  expect(held.get(KEY)).toEqual(kept)
  store.forget(KEY)
  expect(held.size).toBe(0)
})

it('names what the worker does not list any more', async () => {
  const store = createTabStore(memoryOf({ [KEY]: kept }).memory)
  await store.loaded
  expect(store.hear(KEY, [])).toEqual([A])
  expect(store.read(KEY).layout.tabs).toEqual([])
})

it('tells those who follow it, of changes alone', async () => {
  const store = createTabStore(memoryOf({}).memory)
  await store.loaded
  let told = 0
  const stop = store.subscribe(() => {
    told += 1
  })
  store.change(KEY, (tabs) => tabs)
  expect(told).toBe(0)
  store.expectFirst(KEY)
  expect(told).toBe(1)
  stop()
  store.forget(KEY)
  expect(told).toBe(1)
})
