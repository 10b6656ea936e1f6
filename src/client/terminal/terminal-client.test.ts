import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../../test/support/manual-clock.ts'
import { SIMULATED_ID, simulatedScreen } from '../../../test/support/simulated-screen.ts'
import type { Cut } from '../../../test/support/simulated-terminal.ts'
import { LinkError } from '../link-error.ts'
import type { TerminalState } from '../worker-client.ts'
import { createTerminalClient } from './terminal-client.ts'

const pattern = (length: number, seed = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed + (index >> 8)) & 0xff)

describe('a terminal over connections that break', () => {
  const cut = fc.record<Cut>({
    downBytes: fc.integer({ min: 0, max: 6000 }),
    upBytes: fc.integer({ min: 0, max: 2500 }),
  })

  it('delivers each byte once and types each key once, wherever a connection breaks', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          cuts: fc.array(cut, { maxLength: 12 }),
          outputs: fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 12 }),
          inputs: fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 12 }),
          messageBytes: fc.integer({ min: 1, max: 900 }),
        }),
        async ({ cuts, outputs, inputs, messageBytes }) => {
          const { clock, terminal, client, seen } = simulatedScreen({ cuts, messageBytes, windowBytes: 2000 })
          const written: number[] = []
          for (let turn = 0; turn < Math.max(outputs.length, inputs.length); turn += 1) {
            const output = outputs[turn]
            if (output !== undefined) terminal.write(pattern(output, turn))
            const input = inputs[turn]
            if (input !== undefined) {
              client.write(pattern(input, turn))
              written.push(...pattern(input, turn))
            }
            await clock.advance(20)
          }
          await clock.advance(600_000)
          terminal.end({ code: 7 })
          await clock.advance(600_000)
          expect(client.state).toEqual({ status: 'exited', exit: { code: 7 } })
          expect(seen().equals(terminal.output)).toBe(true)
          expect(terminal.typed).toEqual(written)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('loses nothing at any single byte of either direction', { timeout: 30_000 }, async () => {
    for (let at = 0; at < 700; at += 1) {
      const cuts = [at % 2 === 0 ? { downBytes: at / 2, upBytes: Infinity } : { downBytes: Infinity, upBytes: at / 2 }]
      const { clock, terminal, client, seen } = simulatedScreen({ cuts, messageBytes: 7 })
      terminal.write(pattern(60))
      client.write(pattern(40))
      await settle()
      client.write(pattern(40, 9))
      await clock.advance(60_000)
      terminal.end({ code: 0 })
      await clock.advance(60_000)
      expect(client.state.status).toBe('exited')
      expect(seen().equals(terminal.output)).toBe(true)
      expect(terminal.typed).toEqual([...pattern(40), ...pattern(40, 9)])
    }
  })

  it('asks to make the terminal until it was there once, and never again', async () => {
    const { clock, terminal } = simulatedScreen({
      cuts: [
        { downBytes: 0, upBytes: Infinity },
        { downBytes: 400, upBytes: Infinity },
      ],
    })
    await clock.advance(5_000)
    terminal.write(pattern(4000))
    await clock.advance(5_000)
    expect(terminal.attaches.map((attach) => attach.create !== undefined)).toEqual([true, true, false])
    expect(terminal.attaches.map((attach) => attach.after)).toEqual([undefined, undefined, 0])
  })

  it('tells what could not be kept, and goes on behind it', async () => {
    const { clock, terminal, seen, skipped } = simulatedScreen({ ringBytes: 1000, snapshotBytes: 12 })
    await clock.advance(10)
    terminal.write(pattern(100))
    await clock.advance(100)
    terminal.break(1006)
    terminal.write(pattern(5000, 3))
    await clock.advance(30_000)
    expect(skipped).toEqual([4000])
    expect(seen()).toHaveLength(100 + 12 + 1000)
    terminal.write(pattern(5))
    await clock.advance(1000)
    expect(terminal.control.findLast((message) => message.type === 'ack')).toEqual({ type: 'ack', offset: 5105 })
  })
})

describe('the credits of a terminal', () => {
  it('are given back as output is parsed, so that a flood of any length passes a small window', async () => {
    const { clock, terminal, seen } = simulatedScreen({ messageBytes: 65_536 })
    await clock.advance(10)
    terminal.write(new Uint8Array(6_000_000).fill(65))
    await clock.advance(5_000)
    expect(seen()).toHaveLength(6_000_000)
    expect(terminal.mostUnacknowledged).toBeLessThanOrEqual(1_048_576)
    const acks = terminal.control.filter((message) => message.type === 'ack')
    expect(acks.length).toBeLessThan(6_000_000 / 131_072 + 2)
  })

  it('stay out while nothing is parsed', async () => {
    const { clock, terminal, seen, parser, unparsed } = simulatedScreen({ messageBytes: 65_536 })
    parser.isStalled = true
    await clock.advance(10)
    terminal.write(new Uint8Array(3_000_000))
    await clock.advance(5_000)
    expect(seen()).toHaveLength(1_048_576)
    parser.isStalled = false
    for (const parsed of unparsed.splice(0)) parsed()
    await clock.advance(5_000)
    expect(seen()).toHaveLength(3_000_000)
  })

  it('keep a screen that parses nothing from gathering more at every reconnection', async () => {
    const { clock, terminal, seen, parser, unparsed } = simulatedScreen({ messageBytes: 65_536 })
    parser.isStalled = true
    await clock.advance(10)
    terminal.write(new Uint8Array(9_000_000))
    for (let turn = 0; turn < 10; turn += 1) {
      await clock.advance(20_000)
      terminal.break(1006)
    }
    expect(seen().length).toBeLessThanOrEqual(2 * 1_048_576)
    parser.isStalled = false
    for (const parsed of unparsed.splice(0)) parsed()
    await clock.advance(60_000)
    expect(seen()).toHaveLength(9_000_000)
  })

  it('hold back pasted input that the program does not read', async () => {
    const { clock, terminal, client } = simulatedScreen()
    terminal.acknowledgesInput = false
    await clock.advance(10)
    client.write(new Uint8Array(2_000_000))
    await clock.advance(5_000)
    expect(terminal.typed).toHaveLength(262_144)
    expect(client.pendingInputBytes).toBe(2_000_000)
  })
})

describe('the end of a terminal', () => {
  it('is told with its signal, and nothing is written any more', async () => {
    const { clock, terminal, client, states } = simulatedScreen()
    await clock.advance(10)
    terminal.end({ code: 137, signal: 9 })
    await clock.advance(10)
    expect(states.at(-1)).toEqual({ status: 'exited', exit: { code: 137, signal: 9 } })
    client.write(pattern(3))
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

describe('a link that dies without a word', () => {
  it('is found within 10 s, and said', async () => {
    const { clock, terminal, client, states } = simulatedScreen()
    await clock.advance(30_000)
    expect(states).toEqual([{ status: 'live' }])
    terminal.isMute = true
    await clock.advance(10_000)
    expect(client.state.status).toBe('reconnecting')
    client.write(pattern(4))
    expect(client.state).toMatchObject({ heldBytes: 4 })
    terminal.isMute = false
    await clock.advance(60_000)
    expect(client.state.status).toBe('live')
    expect(terminal.typed).toEqual([...pattern(4)])
  })

  it('is not taken for dead after a sleep of this computer', async () => {
    const { clock, terminal, states } = simulatedScreen()
    await clock.advance(6_000)
    clock.sleep(3_600_000)
    await clock.advance(20_000)
    expect(states).toEqual([{ status: 'live' }])
    expect(terminal.attaches).toHaveLength(1)
  })
})

it('says the size again where it changed while the link was down', async () => {
  const { clock, terminal, client } = simulatedScreen()
  await clock.advance(10)
  client.resize(100, 30)
  await clock.advance(10)
  terminal.break(1006)
  client.resize(120, 40)
  await clock.advance(30_000)
  expect(terminal.control).toContainEqual({ type: 'resize', cols: 100, rows: 30 })
  expect(terminal.attaches.at(-1)).toMatchObject({ cols: 120, rows: 40 })
})

it('closes a terminal that was closed while the link was down', async () => {
  const { clock, terminal, client } = simulatedScreen()
  await clock.advance(10)
  terminal.break(1006)
  client.close()
  await clock.advance(30_000)
  expect(client.state).toEqual({ status: 'exited', exit: { code: 0, signal: 1 } })
})

it('lets go without ending the terminal', async () => {
  const { clock, terminal, client, states } = simulatedScreen()
  await clock.advance(10)
  client.dispose()
  await clock.advance(60_000)
  expect(terminal.isConnected).toBe(false)
  expect(terminal.control.some((message) => message.type === 'close')).toBe(false)
  expect(states).toEqual([{ status: 'live' }])
})
