import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { layoutsInDatabase } from './layout-memory.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A request that is answered as soon as its listener stands. */
function answered<Result>(result: Result): IDBRequest<Result> {
  const request = { result, onsuccess: undefined as (() => void) | undefined }
  queueMicrotask(() => request.onsuccess?.())
  return request as unknown as IDBRequest<Result>
}

/** A page whose browser can close the database, and open none. */
function pageWith(kept: Record<string, unknown> = {}) {
  const held = new Map(Object.entries(kept))
  let current: { isClosed: boolean; onclose?: () => void } | undefined
  let opened = 0
  let isBlocked = false

  const store = {
    put: (value: unknown, key: string) => void held.set(key, value),
    delete: (key: string) => void held.delete(key),
    getAllKeys: () => answered([...held.keys()]),
    getAll: () => answered([...held.values()]),
  }
  const open = () => {
    if (isBlocked) throw new DOMException('blocked', 'SecurityError')
    opened += 1
    const database = {
      isClosed: false,
      transaction: () => {
        if (database.isClosed) throw new DOMException('closed', 'InvalidStateError')
        return { objectStore: () => store, commit: () => undefined }
      },
    }
    current = database
    return answered(database)
  }
  return {
    held,
    page: { indexedDB: { open }, addEventListener: () => undefined } as unknown as Window,
    opened: () => opened,
    block: () => {
      isBlocked = true
    },
    /** The browser closes the database; the page hears of it at once, or later. */
    close: ({ isTold }: { isTold: boolean }) => {
      if (current === undefined) return
      current.isClosed = true
      if (isTold) current.onclose?.()
    },
  }
}

it('keeps what is saved while the database is still being opened', async () => {
  const { page, held } = pageWith({ 'local/web': 'old' })
  const memory = layoutsInDatabase(page)
  memory.save('local/api', 'new')
  memory.forget('local/web')
  expect([...(await memory.load())]).toEqual([['local/api', 'new']])
  await vi.runAllTimersAsync()
  expect([...held]).toEqual([['local/api', 'new']])
})

it.each([true, false])('goes on in another one when the browser has closed it (told: %s)', async (isTold) => {
  const { page, held, opened, close } = pageWith()
  const memory = layoutsInDatabase(page)
  await memory.load()
  close({ isTold })
  expect(() => memory.save('local/api', 'one')).not.toThrow()
  await vi.runAllTimersAsync()
  expect([...held]).toEqual([['local/api', 'one']])
  memory.save('local/api', 'two')
  expect([...held]).toEqual([['local/api', 'two']])
  expect(opened()).toBe(2)
})

it('keeps nothing, and breaks nothing, where no database can be had', async () => {
  const { page, held, block, close } = pageWith({ 'local/api': 'old' })
  const memory = layoutsInDatabase(page)
  expect((await memory.load()).size).toBe(1)
  block()
  close({ isTold: true })
  expect(() => memory.save('local/api', 'new')).not.toThrow()
  await vi.runAllTimersAsync()
  expect(held.get('local/api')).toBe('old')
})
