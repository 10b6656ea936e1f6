import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settle } from '../../../test/support/manual-clock.ts'
import { simulatedScreen } from '../../../test/support/simulated-screen.ts'
import type { Cut } from '../../../test/support/simulated-terminal.ts'

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
