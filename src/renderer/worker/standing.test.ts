import { describe, expect, it } from 'vitest'
import type { ConnectionState } from '../../client/worker-client.ts'
import { standingOf } from './standing.ts'

const SEEN = '2026-11-20T09:41:00.000Z'
const live: ConnectionState = { status: 'live', since: 0, attempt: 1 }
const connecting: ConnectionState = { status: 'connecting', attempt: 1 }
const lost: ConnectionState = { status: 'reconnecting', attempt: 3, retryAt: 0, lastLiveAt: Date.parse(SEEN) + 5000 }
const told = (status: 'active' | 'connecting' | 'unreachable' | 'unauthorized' | 'incompatible', message?: string) => ({
  status,
  diagnostics: message === undefined ? [] : [{ code: 'version', severity: 'error' as const, message }],
})

describe('where a worker stands', () => {
  it('is live only where calls go through and the shell does not know better', () => {
    expect(standingOf(told('active'), live)).toEqual({ status: 'live' })
    expect(standingOf(told('connecting'), live)).toEqual({ status: 'live' })
    expect(standingOf(told('active'), connecting)).toEqual({ status: 'connecting' })
    expect(standingOf(told('unreachable'), live).status).toBe('away')
  })

  it('is live with the time that it takes to answer, where that is told', () => {
    expect(standingOf({ ...told('active'), roundTripMs: 230 }, live)).toEqual({ status: 'live', roundTripMs: 230 })
  })

  it('tells when it was last seen by the later of the two that saw it', () => {
    expect(standingOf({ ...told('unreachable'), lastSeenAt: SEEN }, lost)).toEqual({
      status: 'away',
      lastSeenAt: Date.parse(SEEN) + 5000,
      attempt: 3,
    })
    expect(standingOf({ ...told('unreachable'), lastSeenAt: SEEN }, connecting)).toMatchObject({
      lastSeenAt: Date.parse(SEEN),
    })
    expect(standingOf(told('unreachable'), connecting)).toEqual({
      status: 'away',
      lastSeenAt: undefined,
      attempt: undefined,
    })
  })

  it('is refused whoever met the refusal, with the reason', () => {
    expect(standingOf(told('unauthorized'), lost)).toEqual({ status: 'unauthorized', message: '' })
    expect(standingOf(told('incompatible', 'It is older.'), connecting)).toEqual({
      status: 'incompatible',
      message: 'It is older.',
    })
    const refused: ConnectionState = { status: 'refused', reason: 'unauthorized', message: 'The token is revoked.' }
    expect(standingOf(told('active'), refused)).toEqual({ status: 'unauthorized', message: 'The token is revoked.' })
  })
})
