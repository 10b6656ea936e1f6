import { describe, expect, it } from 'vitest'
import { LateError, LinkError } from '../../../client/link-error.ts'
import type { ConnectionState } from '../../../client/worker-client.ts'
import { WorkerSummary } from '../../../contract/desktop/worker.ts'
import { DialError } from '../reach/dial-error.ts'
import type { Greeting } from './greeting.ts'
import { initialState, type RemoteHappening, reduceRemote, summarizeRemote, troubleOf } from './remote-state.ts'

const RECORD = { id: 'w-1', label: 'tower', address: 'http://tower:7391', lastSeenAt: '2026-01-01T00:00:00.000Z' }
const GREETING: Greeting = {
  ...{ agentId: 'a', version: '1.2.3', hostname: 'tower' },
  ...{ capabilities: ['terminals'], scope: 'operate' },
}
const greeted: RemoteHappening = { type: 'greeted', greeting: GREETING }
const went = (state: ConnectionState, at = 5_000): RemoteHappening => ({ type: 'connection', state, at })
const live = went({ status: 'live', since: 5_000, attempt: 1 })
const lost = went({ status: 'reconnecting', attempt: 2, retryAt: 9_000, lastLiveAt: 7_000 })
const failed = (error: unknown): RemoteHappening => ({ type: 'failed', trouble: troubleOf(error) })

function told(...happenings: RemoteHappening[]): WorkerSummary {
  const state = happenings.reduce(reduceRemote, initialState(RECORD))
  return WorkerSummary.parse(summarizeRemote(RECORD, { state, path: 'tailnet', isTokenFleeting: false }))
}

describe('a remote worker', () => {
  it('is connecting at first, and was last seen when it was', () => {
    expect(told()).toEqual({
      ...{ id: 'w-1', label: 'tower', kind: 'remote', status: 'connecting', path: 'tailnet' },
      ...{ lastSeenAt: '2026-01-01T00:00:00.000Z', capabilities: [], diagnostics: [] },
    })
  })

  it('is active with what it says of itself', () => {
    expect(told(live, greeted)).toMatchObject({
      ...{ status: 'active', version: '1.2.3', hostname: 'tower', scope: 'operate' },
      ...{ capabilities: ['terminals'], diagnostics: [] },
    })
  })

  it('backs off while it is out of reach, and says since when, until when and why', () => {
    const error = new DialError('port', 'Nothing listens there.', { hint: 'Start the agent.' })
    expect(told(live, greeted, failed(error), lost)).toMatchObject({
      ...{ status: 'unreachable', lastSeenAt: '1970-01-01T00:00:07.000Z', retryAt: '1970-01-01T00:00:09.000Z' },
      ...{ version: '1.2.3', capabilities: [] },
      diagnostics: [
        { code: 'remote_runtime_network_error', severity: 'error', message: 'Nothing listens there. Start the agent.' },
      ],
    })
    expect(told(live, failed(error), lost, live).diagnostics).toEqual([])
  })

  it('tells how long it takes to answer where people notice, of this connection', () => {
    const measured = (...times: number[]): RemoteHappening[] =>
      times.map((roundTripMs) => ({ type: 'measured', roundTripMs }))
    expect(told(live, ...measured(150)).roundTripMs).toBeUndefined()
    expect(told(live, ...measured(234)).roundTripMs).toBe(230)
    expect(told(live, ...measured(234, 1_034)).roundTripMs).toBe(430)
    expect(told(live, ...measured(600), lost).roundTripMs).toBeUndefined()
    expect(told(live, ...measured(600), lost, live, ...measured(20)).roundTripMs).toBeUndefined()
  })

  it('tells a refused token from a protocol that does not fit', () => {
    const unauthorized = went({ status: 'refused', reason: 'unauthorized', message: 'Who?' })
    expect(told(live, unauthorized)).toMatchObject({
      status: 'unauthorized',
      diagnostics: [{ code: 'remote_runtime_auth_failed' }],
    })
    const mismatch = went({ status: 'refused', reason: 'incompatible', message: 'It is older: update Berth there.' })
    expect(told(mismatch)).toMatchObject({
      status: 'incompatible',
      diagnostics: [{ code: 'remote_runtime_version_mismatch', message: 'It is older: update Berth there.' }],
    })
  })

  it.each([
    [new DialError('address', 'Late.', { isTimeout: true }), 'remote_runtime_timeout'],
    [new LateError(), 'remote_runtime_timeout'],
    [new LinkError('unreachable', 'The worker did not answer.'), 'remote_runtime_malformed_response'],
    [new DialError('name', 'Who?'), 'remote_runtime_network_error'],
    [new DialError('tls', 'Not that one.'), 'remote_runtime_untrusted'],
    [new DialError('plain', 'No.'), 'remote_runtime_untrusted'],
    [new DialError('agent', 'Something else.'), 'remote_runtime_malformed_response'],
    [new Error('connect ECONNREFUSED 100.64.0.9:7391 /home/ada/.ssh'), 'remote_runtime_malformed_response'],
  ])('names %s by its code, and tells nothing that was in the error itself', (error, code) => {
    const { diagnostics } = told(failed(error), lost)
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code])
    expect(JSON.stringify(diagnostics)).not.toMatch(/100\.64|ada/)
  })

  it('stays within what may cross to a screen, whatever it calls itself', () => {
    const greeting = { ...GREETING, version: '\u001b[31m'.repeat(100), hostname: `a\n${'b'.repeat(900)}` }
    const message = `x${'y'.repeat(900)} /etc/berth/secret`
    const summary = told(live, { type: 'greeted', greeting }, failed(new DialError('agent', message)))
    expect(JSON.stringify(summary)).not.toMatch(/\\u001b|\\n|secret/)
  })
})
