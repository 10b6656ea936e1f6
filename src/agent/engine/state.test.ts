import { describe, expect, it } from 'vitest'
import { EngineState } from '../../contract/agent/engine.ts'
import { EngineFailure, EngineUnavailable, type UnavailableReason } from './errors.ts'
import { classify, describeState, mostTelling, type Surroundings } from './state.ts'

const around: Surroundings = { platform: 'linux', isInstalled: true, wasReady: false }
const failed = (reason: UnavailableReason) =>
  ({ kind: 'failed', error: new EngineUnavailable(reason, undefined) }) as const
const answered = (apiVersion: string) => ({ kind: 'answered', version: '1', apiVersion }) as const

describe('classify', () => {
  it.each([
    ['ready', answered('1.41'), around],
    ['ready', answered('2.0'), around],
    ['too_old', answered('1.40'), around],
    ['too_old', answered('1.9'), around],
    ['missing', failed('missing'), { ...around, isInstalled: false }],
    ['stopped', failed('missing'), around],
    ['stopped', failed('refused'), around],
    ['forbidden', failed('forbidden'), around],
    ['unresponsive', failed('timeout'), around],
    ['starting', failed('broken'), around],
    ['stopped', failed('broken'), { ...around, wasReady: true }],
    ['starting', { kind: 'failed', error: new EngineFailure(503, 'starting') }, around],
  ] as const)('says %s', (status, probe, surroundings) => {
    expect(classify(probe, surroundings)).toBe(status)
  })
})

describe('mostTelling', () => {
  it('prefers what says most about what to do', () => {
    expect(mostTelling(['missing', 'stopped', 'forbidden'])).toBe('forbidden')
    expect(mostTelling(['missing', 'stopped'])).toBe('stopped')
    expect(mostTelling([])).toBe('missing')
  })
})

describe('describeState', () => {
  const statuses = ['missing', 'stopped', 'starting', 'forbidden', 'too_old', 'unresponsive'] as const

  it.each(['linux', 'darwin', 'win32'] as const)(
    'has a sentence and a way out of its own for each, on %s',
    (platform) => {
      const states = statuses.map((status) => describeState(status, { platform }, '19.03'))
      expect(new Set(states.map(({ message }) => message)).size).toBe(statuses.length)
      for (const state of states) {
        expect(EngineState.safeParse(state).success).toBe(true)
        expect(state.hint).toBeTruthy()
        expect(state.message).not.toMatch(/[/\\]|ENOENT|ECONN/)
      }
    },
  )
})
