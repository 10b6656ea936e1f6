import { expect, test } from 'vitest'
import { storageOf } from './page-storage.ts'

function pageWith(localStorage: () => Pick<Storage, 'getItem' | 'setItem'>): Pick<Window, 'localStorage'> {
  return Object.defineProperty({}, 'localStorage', { get: localStorage }) as Pick<Window, 'localStorage'>
}

test('what a browser blocks lasts as long as the page', () => {
  const blocked = storageOf(
    pageWith(() => {
      throw new DOMException('Access is denied for this document.', 'SecurityError')
    }),
  )
  expect(blocked.getItem('berth.token')).toBeNull()
  blocked.setItem('berth.token', 'a')
  expect(blocked.getItem('berth.token')).toBe('a')
})

test('what is set last is read, kept or not', () => {
  const kept = new Map([['berth.places', 'old']])
  let isFull = true
  const storage = storageOf(
    pageWith(() => ({
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError')
        kept.set(name, value)
      },
    })),
  )
  expect(storage.getItem('berth.places')).toBe('old')
  storage.setItem('berth.places', 'new')
  expect([storage.getItem('berth.places'), kept.get('berth.places')]).toEqual(['new', 'old'])
  isFull = false
  storage.setItem('berth.places', 'newest')
  expect([storage.getItem('berth.places'), kept.get('berth.places')]).toEqual(['newest', 'newest'])
})
