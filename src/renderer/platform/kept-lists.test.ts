import { describe, expect, it } from 'vitest'
import { createKeptLists } from './kept-lists.ts'

/** Storage that lasts as long as the test. */
function storage(kept?: string) {
  const values = new Map(kept === undefined ? [] : [['berth.workers', kept]])
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    all: () => [...values.values()].join(),
  }
}
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `w-${index}`, status: 'running' as const }))

describe('the last lists of workers', () => {
  it('are there after a restart, with names and states and nothing else', () => {
    const disk = storage()
    const secret = { name: 'api', status: 'stopped' as const, ports: { web: 22080 }, failure: { message: 'hunter2' } }
    createKeptLists(disk).keep('atlas', [secret])
    expect(createKeptLists(disk).read()).toEqual({ atlas: [{ name: 'api', status: 'stopped' }] })
    expect(disk.all()).not.toContain('hunter2')
  })

  it('have a bound, and the workers that were heard of latest keep theirs', () => {
    const disk = storage()
    const lists = createKeptLists(disk)
    for (let worker = 0; worker < 30; worker += 1) lists.keep(`worker-${worker}`, rows(1000))
    const kept = createKeptLists(disk).read()
    expect(Object.keys(kept)).toHaveLength(10)
    expect(kept['worker-29']).toHaveLength(200)
    expect(kept['worker-0']).toBeUndefined()
    expect(disk.all().length).toBeLessThan(100_000)
  })

  it('go with their worker', () => {
    const disk = storage()
    const lists = createKeptLists(disk)
    lists.keep('atlas', rows(1))
    lists.keep('studio', rows(1))
    lists.forget('atlas')
    expect(Object.keys(createKeptLists(disk).read())).toEqual(['studio'])
  })

  it.each(['{', '[]', '{"atlas":[{"name":"No Name","status":"running"}]}'])(
    'are left out where they cannot be read: %s',
    (kept) => {
      expect(createKeptLists(storage(kept)).read()).toEqual({})
    },
  )
})
