import { expect, test } from 'vitest'
import { createCreationWatch, kindOf, noteCreation, usualMs } from './creation-times.ts'
import { workspaceNamed } from './workspace.fixture.ts'

function memory() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

const plain = { worker: 'local', template: 'base', image: undefined, isCloned: false }

test('what is usual is the median of the last five, and of such creations alone', () => {
  const storage = memory()
  expect(usualMs(storage, plain)).toBeUndefined()
  for (const seconds of [90, 10, 12, 11, 60, 13]) noteCreation(storage, plain, seconds * 1000)
  // The first, of 90 s, is forgotten by now.
  expect(usualMs(storage, plain)).toBe(12_000)
  noteCreation(storage, { ...plain, isCloned: true }, 80_000)
  expect(usualMs(storage, { ...plain, isCloned: true })).toBe(80_000)
  expect(usualMs(storage, plain)).toBe(12_000)
  expect(usualMs(storage, { ...plain, worker: 'atlas' })).toBeUndefined()
})

test('a storage that is damaged or blocked says nothing and breaks nothing', () => {
  const damaged = { getItem: () => '{"a":', setItem: () => undefined }
  expect(usualMs(damaged, plain)).toBeUndefined()
  const blocked = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full')
    },
  }
  expect(() => noteCreation(blocked, plain, 1)).not.toThrow()
})

test('a creation is of its template, or of its image where it has none', () => {
  expect(kindOf('local', workspaceNamed('a', { image: 'sha256:1' }))).toEqual(plain)
  expect(kindOf('local', workspaceNamed('a', { template: 'image', image: 'node:24', repo: 'x' }))).toEqual({
    worker: 'local',
    template: 'image',
    image: 'node:24',
    isCloned: true,
  })
})

test('a creation is measured from its beginning to its end, and not when it failed or was met half-way', () => {
  let now = 0
  const watch = createCreationWatch(() => now)
  watch.created('ws-1')
  now = 5000
  expect(watch.changed({ id: 'ws-1', status: 'creating' })).toBeUndefined()
  now = 9000
  expect(watch.changed({ id: 'ws-1', status: 'running' })).toBe(9000)
  expect(watch.changed({ id: 'ws-1', status: 'running' })).toBeUndefined()
  watch.created('ws-2')
  expect(watch.changed({ id: 'ws-2', status: 'error' })).toBeUndefined()
  expect(watch.changed({ id: 'ws-2', status: 'running' })).toBeUndefined()
  expect(watch.changed({ id: 'ws-3', status: 'running' })).toBeUndefined()
  watch.created('ws-4')
  watch.deleted('ws-4')
  expect(watch.changed({ id: 'ws-4', status: 'running' })).toBeUndefined()
})
