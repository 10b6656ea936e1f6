import { expect, test } from 'vitest'
import { endOf, lifeInWords } from './life.ts'
import { workspaceNamed } from './workspace.fixture.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const after = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

test('a workspace that a person alone deletes has no end and no words', () => {
  const row = workspaceNamed('api', { type: 'persistent', status: 'running' })
  expect(endOf(row, NOW)).toBeUndefined()
  expect(lifeInWords(row, NOW)).toEqual([])
})

test('a temporary one ends with its stop, also when it stops by itself', () => {
  const row = workspaceNamed('api', { type: 'temporary', status: 'running', idleStopSeconds: 1800 })
  expect(lifeInWords(row, NOW)).toEqual(['Deleted when it stops', 'Stops after 30 minutes without use'])
})

test('a temporary one that was kept at its stop is not deleted by another', () => {
  expect(lifeInWords(workspaceNamed('api', { type: 'temporary', status: 'stopped' }), NOW)).toEqual([])
})

test('an idle stop is said of what runs alone', () => {
  expect(lifeInWords(workspaceNamed('api', { status: 'stopped', idleStopSeconds: 1800 }), NOW)).toEqual([])
  expect(lifeInWords(workspaceNamed('api', { status: 'running', idleStopSeconds: 0 }), NOW)).toEqual([])
})

test.each([
  [4000, false, ['Deleted in 2 d, unless it is used']],
  [120, false, ['Deleted in 2 h, unless it is used']],
  [10, true, []],
  [-5, true, []],
])('an end in %s minutes is near: %s', (minutes, isNear, words) => {
  const row = workspaceNamed('api', { type: 'agent', status: 'running', expiresAt: after(minutes) })
  expect(endOf(row, NOW)).toMatchObject({ kind: 'time', isNear })
  expect(lifeInWords(row, NOW)).toEqual(words)
})

test('an end that the worker has announced is near, however long a life is', () => {
  const notice = { code: 'expiring' as const, message: 'It ends soon.' }
  const row = workspaceNamed('api', { type: 'agent', status: 'running', expiresAt: after(15), notice })
  expect(endOf(row, NOW)).toMatchObject({ isNear: true })
})
