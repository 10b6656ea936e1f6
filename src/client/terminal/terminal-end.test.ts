import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.ts'
import { SIMULATED_ID, simulatedScreen } from '../../../test/support/simulated-screen.ts'
import { LinkError } from '../link-error.ts'
import type { TerminalState } from '../worker-client.ts'
import { createTerminalClient } from './terminal-client.ts'

describe('the end of a terminal', () => {
  it('is told with its signal, and nothing is written any more', async () => {
    const { clock, terminal, client, states } = simulatedScreen()
    await clock.advance(10)
    terminal.end({ code: 137, signal: 9 })
    await clock.advance(10)
    expect(states.at(-1)).toEqual({ status: 'exited', exit: { code: 137, signal: 9 } })
    client.write(Uint8Array.of(1, 2, 3))
    expect(client.pendingInputBytes).toBe(0)
  })

  it.each([
    [1001, { status: 'stopped' }],
    [4001, { status: 'failed', code: 'UNAUTHORIZED' }],
    [4004, { status: 'failed', code: 'NOT_FOUND' }],
  ])('follows from close code %i', async (code, expected) => {
    const { clock, terminal, client } = simulatedScreen()
    await clock.advance(10)
    terminal.break(code)
    await clock.advance(60_000)
    expect(client.state).toMatchObject(expected)
    expect(terminal.attaches).toHaveLength(1)
  })

  it('has come where the workspace of one that was there does not run any more', async () => {
    const { clock, terminal, client } = simulatedScreen()
    await clock.advance(10)
    terminal.break(1006)
    await clock.advance(10)
    expect(client.state.status).toBe('reconnecting')
    await clock.advance(10_000)
    terminal.say({ type: 'error', code: 'PRECONDITION_FAILED', message: 'api is not running.' })
    await clock.advance(10)
    expect(client.state).toEqual({ status: 'stopped' })
  })

  it('does not follow from the agent going away, nor from being let go as too slow', async () => {
    const { clock, terminal, client } = simulatedScreen()
    await clock.advance(10)
    for (const code of [1012, 1006, 4008, 1011]) {
      terminal.break(code)
      expect(client.state.status).toBe('reconnecting')
      await clock.advance(60_000)
      expect(client.state.status).toBe('live')
    }
  })

  it('has not come where a terminal that is listed cannot be reached just now', async () => {
    const { clock, terminal, client } = simulatedScreen({ isListed: true })
    terminal.refusal = { code: 'TIMEOUT', message: 'The service in api did not answer.' }
    await clock.advance(20_000)
    expect(client.state).toEqual({ status: 'connecting' })
    terminal.refusal = undefined
    await clock.advance(20_000)
    expect(client.state).toEqual({ status: 'live' })
  })

  it.each([
    [true, 'once it is not reached for a minute'],
    [false, 'at once'],
  ])('is a failure where a terminal that is listed (%s) cannot be reached %s', async (isListed) => {
    const { clock, terminal, client } = simulatedScreen({ isListed })
    terminal.refusal = { code: 'TIMEOUT', message: 'The service in api did not answer.' }
    await clock.advance(100)
    expect(client.state.status).toBe(isListed ? 'connecting' : 'failed')
    await clock.advance(90_000)
    expect(client.state.status).toBe('failed')
  })

  it('is a failure in the words of the worker where it refuses', async () => {
    const { clock, terminal, client } = simulatedScreen()
    await clock.advance(10)
    terminal.say({ type: 'error', code: 'NOT_FOUND', message: 'No such terminal.', hint: 'Open another.' })
    await clock.advance(10)
    expect(client.state).toEqual({
      status: 'failed',
      code: 'NOT_FOUND',
      message: 'No such terminal.',
      hint: 'Open another.',
    })
  })

  it('is a failure where the worker refuses this client', async () => {
    const states: TerminalState[] = []
    const clock = new ManualClock()
    createTerminalClient(
      {
        workspace: 'a',
        terminal: SIMULATED_ID,
        cols: 80,
        rows: 24,
        onOutput: () => undefined,
        onState: (state) => states.push(state),
      },
      {
        open: () => Promise.reject(new LinkError('unauthorized', 'Who?')),
        clock,
        random: () => 0,
        ended: () => undefined,
      },
    )
    await clock.advance(1)
    expect(states).toEqual([{ status: 'failed', code: 'UNAUTHORIZED', message: 'Who?', hint: undefined }])
  })
})
