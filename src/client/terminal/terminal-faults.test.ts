import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulatedScreen } from '../../../test/support/simulated-screen.ts'
import { SNAPSHOT_BYTE } from '../../../test/support/simulated-terminal.ts'
import { linkStateOf } from './link-state.ts'

const bytes = (length: number, seed = 0): Uint8Array =>
  // Never a byte of a simulated snapshot.
  Uint8Array.from({ length }, (_, index) => (index * 7 + seed) % SNAPSHOT_BYTE)

/** What is on the screen: the snapshot it was last begun with, and the output after it. */
function shown({ seen, resets }: Pick<ReturnType<typeof simulatedScreen>, 'seen' | 'resets'>) {
  const screen = seen().subarray(resets.at(-1) ?? 0)
  const output = screen.findIndex((byte) => byte !== SNAPSHOT_BYTE)
  return { snapshot: output === -1 ? screen.length : output, output: output === -1 ? [] : [...screen.subarray(output)] }
}

describe('a screen that begins with a snapshot', () => {
  it('is cleared first, and goes on behind it', async () => {
    const { clock, terminal, seen, resets } = simulatedScreen({ ringBytes: 1000, snapshotBytes: 30, messageBytes: 8 })
    await clock.advance(10)
    terminal.write(bytes(50))
    await clock.advance(100)
    terminal.break(1006)
    terminal.write(bytes(5000, 3))
    await clock.advance(30_000)
    expect(resets).toEqual([50])
    expect(shown({ seen, resets })).toEqual({ snapshot: 30, output: [...terminal.output.subarray(4050)] })
  })

  it('is begun anew where the connection broke within the snapshot', { timeout: 30_000 }, async () => {
    // `attached` has fewer than 300 bytes; the snapshot has 400, the output of the ring 1000.
    for (let downBytes = 150; downBytes < 1_900; downBytes += 7) {
      const cuts = [
        { downBytes, upBytes: Number.POSITIVE_INFINITY },
        { downBytes: downBytes + 90, upBytes: Number.POSITIVE_INFINITY },
      ]
      const screen = simulatedScreen({ cuts, ringBytes: 1000, snapshotBytes: 400, messageBytes: 8 })
      screen.terminal.write(bytes(5000))
      await screen.clock.advance(60_000)
      screen.terminal.write(bytes(10, 5))
      await screen.clock.advance(1_000)
      expect(screen.client.state.status).toBe('live')
      const { snapshot, output } = shown(screen)
      expect(snapshot).toBe(400)
      expect(output).toEqual([...screen.terminal.output.subarray(-output.length)])
      expect(output.length).toBeGreaterThanOrEqual(1000)
      expect(screen.terminal.control.findLast(({ type }) => type === 'ack')).toEqual({ type: 'ack', offset: 5010 })
    }
  })

  it('shows the end of the output, wherever connections break', { timeout: 60_000 }, async () => {
    const cut = fc.record({
      downBytes: fc.integer({ min: 0, max: 5_000 }),
      upBytes: fc.integer({ min: 0, max: 3_000 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(cut, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 500 }),
        async (cuts, outputs, messageBytes) => {
          const screen = simulatedScreen({
            cuts,
            ringBytes: 1_500,
            snapshotBytes: 100,
            messageBytes,
            windowBytes: 1_200,
          })
          for (const [turn, length] of outputs.entries()) {
            screen.terminal.write(bytes(length, turn))
            await screen.clock.advance(150)
          }
          await screen.clock.advance(120_000)
          screen.terminal.end({ code: 0 })
          await screen.clock.advance(120_000)
          expect(screen.client.state.status).toBe('exited')
          const { output } = shown(screen)
          expect(output).toEqual([...screen.terminal.output.subarray(screen.terminal.output.length - output.length)])
          const isWhole = screen.resets.length > 0 || output.length === screen.terminal.output.length
          expect(isWhole).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('a network that swallows', () => {
  it.each(['up', 'down'] as const)('what goes %s is found within 10 s, and what was typed is not lost', async (way) => {
    const { clock, terminal, client, states } = simulatedScreen()
    await clock.advance(30_000)
    terminal.swallows = way
    const died = clock.now()
    client.write(bytes(4))
    await clock.advance(10_000)
    expect(states.at(-1)).toMatchObject({ status: 'reconnecting', isOffline: false })
    const down = states.find((state) => state.status === 'reconnecting')
    expect(down?.since).toBeLessThanOrEqual(died)
    terminal.swallows = undefined
    await clock.advance(60_000)
    expect(client.state.status).toBe('live')
    expect(terminal.typed).toEqual([...bytes(4)])
  })

  it('attempts to connect holds none of them for long, and none at all once it is another network', async () => {
    const { clock, terminal, client } = simulatedScreen()
    await clock.advance(10)
    terminal.isBlackHole = true
    terminal.break(1006)
    await clock.advance(60_000)
    expect(terminal.opens).toBeGreaterThanOrEqual(4)
    await clock.advance(2_000)
    terminal.isBlackHole = false
    client.retryNow()
    await clock.advance(10)
    expect(client.state.status).toBe('live')
  })

  it('everything is noticed within 7 s of a reason to look', async () => {
    const { clock, terminal, client } = simulatedScreen()
    await clock.advance(30_000)
    terminal.isMute = true
    client.retryNow()
    await clock.advance(7_000)
    expect(client.state.status).toBe('reconnecting')
  })
})

it('is offline after ten minutes, tried seldom then, and at once where there is a reason', async () => {
  const { clock, terminal, client, healths } = simulatedScreen()
  await clock.advance(10)
  const health = healths.at(-1)
  if (health === undefined) throw new Error('Nothing was told of the link.')
  expect(linkStateOf(client.state, health)).toBe('live')
  expect(linkStateOf(client.state, { ...health, roundTripMs: 401 })).toBe('slow')
  // One that is about as slow as that is not now the one, now the other.
  expect(linkStateOf(client.state, { ...health, roundTripMs: 399 }, 'slow')).toBe('slow')
  expect(linkStateOf(client.state, { ...health, roundTripMs: 299 }, 'slow')).toBe('live')
  terminal.isMute = true
  terminal.break(1006)
  await clock.advance(60_000)
  expect(linkStateOf(client.state, health)).toBe('reconnecting')
  await clock.advance(600_000)
  expect(linkStateOf(client.state, health)).toBe('offline')
  const before = terminal.opens
  await clock.advance(600_000)
  expect(terminal.opens - before).toBeLessThanOrEqual(10)
  terminal.isMute = false
  client.retryNow()
  await clock.advance(10)
  expect(client.state.status).toBe('live')
})

it('tells the round trip, who else is there and the size, and claims', async () => {
  const { clock, terminal, client } = simulatedScreen()
  client.claim()
  await clock.advance(10)
  expect(client.health).toMatchObject({ roundTripMs: 0, clients: 1, cols: 80, rows: 24, isClaimed: false })
  terminal.say({ type: 'clients', count: 3 })
  terminal.say({ type: 'size', cols: 60, rows: 20, claimed: true })
  terminal.acknowledgesInput = false
  client.write(bytes(5))
  await clock.advance(10)
  expect(client.health).toMatchObject({ clients: 3, cols: 60, rows: 20, isClaimed: true, unacknowledgedBytes: 5 })
  client.claim()
  await clock.advance(10)
  expect(terminal.control.filter(({ type }) => type === 'claim')).toHaveLength(2)
  expect(terminal.control.filter(({ type }) => type === 'resize')).toEqual([])
})

it('leaves out what a newer worker says', async () => {
  const { clock, terminal, states } = simulatedScreen()
  await clock.advance(10)
  terminal.sayText('{"type":"weather","is":"fine"}')
  await clock.advance(10)
  expect(states.at(-1)?.status).toBe('live')
  terminal.sayText('{"type":"title"}')
  await clock.advance(1)
  expect(states.map(({ status }) => status)).toContain('reconnecting')
})

describe('input that the terminal has not got when the link is back', () => {
  it('is sent where nobody takes it back', async () => {
    const { clock, terminal, client } = simulatedScreen({}, { onUnsent: () => undefined })
    await clock.advance(10)
    terminal.swallows = 'up'
    client.write(bytes(9))
    terminal.break(1006)
    terminal.swallows = undefined
    await clock.advance(10_000)
    expect(terminal.typed).toEqual([...bytes(9)])
  })

  it('is whose it was where it is taken back, and what is typed next is counted on', async () => {
    const back: { since: number; input: number[] }[] = []
    const { clock, terminal, client } = simulatedScreen(
      {},
      { onUnsent: (since, takeBack) => back.push({ since, input: [...takeBack()] }) },
    )
    await clock.advance(10)
    client.write(bytes(5))
    await clock.advance(10)
    terminal.swallows = 'up'
    client.write(bytes(9, 1))
    const since = clock.now()
    terminal.break(1006)
    client.write(bytes(2, 4))
    terminal.swallows = undefined
    await clock.advance(10_000)
    expect(back).toEqual([{ since, input: [...bytes(9, 1), ...bytes(2, 4)] }])
    expect(client.pendingInputBytes).toBe(0)
    client.write(bytes(3, 7))
    await clock.advance(100)
    expect(terminal.typed).toEqual([...bytes(5), ...bytes(3, 7)])
    terminal.break(1006)
    client.write(bytes(1, 8))
    await clock.advance(10_000)
    expect(back.at(-1)?.input).toEqual([...bytes(1, 8)])
  })
})
