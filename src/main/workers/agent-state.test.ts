import { describe, expect, it } from 'vitest'
import { WorkerSummary } from '../../contract/desktop/worker.ts'
import { type AgentHappening, INITIAL_AGENT_STATE, reduceAgentState, restartDelayMs, summarize } from './agent-state.ts'

const ready = (at: number): AgentHappening => ({
  type: 'ready',
  at,
  capabilities: ['terminals'],
  version: '1.2.3',
  shared: false,
})
const run = (...happenings: AgentHappening[]) => happenings.reduce(reduceAgentState, INITIAL_AGENT_STATE)
const codes = (summary: WorkerSummary) => summary.diagnostics.map((diagnostic) => diagnostic.code)

describe('the agent of this computer', () => {
  it('is connecting until it is ready, then active with what it can do', () => {
    expect(summarize(INITIAL_AGENT_STATE)).toMatchObject({ id: 'local', status: 'connecting', diagnostics: [] })
    expect(summarize(run(ready(5)))).toMatchObject({
      status: 'active',
      path: 'embedded',
      version: '1.2.3',
      capabilities: ['terminals'],
      diagnostics: [],
    })
  })

  it('says that it was started again after a crash', () => {
    const crashed = run(ready(0), { type: 'exited', at: 5_000 })
    expect(crashed.phase).toEqual({ name: 'waiting', retryAt: 5_000 })
    expect(summarize(crashed)).toMatchObject({
      status: 'unreachable',
      lastSeenAt: '1970-01-01T00:00:05.000Z',
      retryAt: '1970-01-01T00:00:05.000Z',
    })
    const back = [{ type: 'started' } as const, ready(6_000)].reduce(reduceAgentState, crashed)
    expect(summarize(back).status).toBe('active')
    expect(codes(summarize(back))).toEqual(['embedded_agent_restarted'])
  })

  it('waits longer at each end in a row, and begins anew after a good run', () => {
    expect([1, 2, 3, 4, 20].map(restartDelayMs)).toEqual([0, 250, 500, 1_000, 30_000])
    const ended = (at: number): AgentHappening => ({ type: 'exited', at })
    expect(run(ended(1), ended(2), ended(3)).failures).toBe(3)
    expect(run(ended(1), ended(2), ready(10), ended(60_010)).failures).toBe(1)
    expect(run(ended(1), ended(2), ready(10), ended(60_009)).failures).toBe(3)
  })

  it('tells why it could not start, until it runs', () => {
    const refusal = { code: 'STATE_TOO_NEW', message: 'Newer Berth wrote this.', hint: 'Update Berth.' }
    const refused = run({ type: 'refused', refusal }, { type: 'exited', at: 1 }, { type: 'started' })
    expect(summarize(refused)).toMatchObject({
      status: 'unreachable',
      diagnostics: [{ code: 'STATE_TOO_NEW', severity: 'error', message: 'Newer Berth wrote this. Update Berth.' }],
    })
    expect(summarize(reduceAgentState(refused, ready(2)))).toMatchObject({ status: 'active', diagnostics: [] })
  })

  it('is not started again once it was told to end', () => {
    expect(run(ready(0), { type: 'shutdown' }, { type: 'exited', at: 9 }).phase).toEqual({ name: 'ended' })
    expect(run({ type: 'shutdown' }, ready(5), { type: 'exited', at: 9 }).phase).toEqual({ name: 'ended' })
  })

  it('stays within what may cross to a screen, however long a message is', () => {
    const refusal = { code: 'x'.repeat(500), message: 'y'.repeat(5_000) }
    expect(WorkerSummary.safeParse(summarize(run({ type: 'refused', refusal }))).success).toBe(true)
  })
})
