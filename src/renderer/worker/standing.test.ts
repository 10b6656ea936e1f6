import { describe, expect, it } from 'vitest'
import type { ConnectionState } from '../../client/worker-client.ts'
import { isAllThatIsKnown, standingOf } from './standing.ts'

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
      why: undefined,
      isDistrusted: false,
    })
    expect(standingOf({ ...told('unreachable'), lastSeenAt: SEEN }, connecting)).toMatchObject({
      lastSeenAt: Date.parse(SEEN),
    })
    expect(standingOf(told('unreachable'), connecting)).toEqual({
      status: 'away',
      lastSeenAt: undefined,
      attempt: undefined,
      why: undefined,
      isDistrusted: false,
    })
  })

  it('says why it is away, and tells one that does not answer from one that is not what was trusted', () => {
    const away = (code: string) =>
      standingOf(
        {
          status: 'unreachable',
          diagnostics: [
            { code: 'remote_runtime_token_in_memory', severity: 'warning', message: 'No keychain.' },
            { code, severity: 'error', message: 'Another certificate.' },
          ],
        },
        lost,
      )
    const why = 'Another certificate.'
    expect(away('remote_runtime_untrusted')).toMatchObject({ status: 'away', why, isDistrusted: true })
    expect(away('remote_runtime_network_error')).toMatchObject({ status: 'away', why, isDistrusted: false })
  })

  it.each([
    ['remote_runtime_untrusted', 'another_agent'],
    ['remote_runtime_token_missing', 'token_missing'],
    ['remote_runtime_auth_failed', 'refused'],
  ])('tells who refused: %s', (code, cause) => {
    const diagnostics = [{ code, severity: 'error' as const, message: 'So it is.' }]
    const refused: ConnectionState = {
      status: 'refused',
      reason: 'unauthorized',
      message: 'The worker does not let in.',
    }
    for (const own of [refused, lost, connecting]) {
      expect(standingOf({ status: 'unauthorized', diagnostics }, own)).toEqual({
        ...{ status: 'unauthorized', cause, message: 'So it is.' },
      })
    }
  })

  it('stands as the shell has it where that is newer than a refusal that the page has met', () => {
    const refused: ConnectionState = { status: 'refused', reason: 'unauthorized', message: 'The keychain is locked.' }
    expect(standingOf(told('connecting'), refused)).toEqual({ status: 'connecting' })
    expect(standingOf(told('unreachable'), refused).status).toBe('away')
  })

  it('is refused whoever met the refusal, with the reason', () => {
    expect(standingOf(told('unauthorized'), lost)).toEqual({ status: 'unauthorized', cause: 'refused', message: '' })
    expect(standingOf(told('incompatible', 'It is older.'), connecting)).toEqual({
      status: 'incompatible',
      message: 'It is older.',
    })
    const refused: ConnectionState = { status: 'refused', reason: 'unauthorized', message: 'The token is revoked.' }
    expect(standingOf(told('active'), refused)).toEqual({
      ...{ status: 'unauthorized', cause: 'refused', message: 'The token is revoked.' },
    })
  })
})

describe('a page of a worker', () => {
  const away = standingOf(told('unreachable'), lost)

  it.each([
    ['is away without workspaces', away, [], true],
    ['is away with workspaces', away, ['api'], false],
    ['is away and was never looked at', away, undefined, true],
    ['is live without workspaces', standingOf(told('active'), live), [], false],
    ['is live, and has not told them yet', standingOf(told('active'), live), undefined, true],
    [
      'is being connected to, with workspaces that are remembered',
      standingOf(told('connecting'), connecting),
      ['api'],
      false,
    ],
    ['does not let us in', standingOf(told('unauthorized'), live), ['api'], true],
    ['is of another version', standingOf(told('incompatible'), live), ['api'], true],
  ] as const)('of one that %s shows how it stands alone: %#', (_words, standing, workspaces, isAlone) => {
    expect(isAllThatIsKnown(standing, workspaces)).toBe(isAlone)
  })
})
