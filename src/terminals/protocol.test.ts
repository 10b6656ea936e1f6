import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WiredTerminal } from '../../test/support/wired-terminal.ts'
import { OUTPUT_WINDOW_BYTES } from '../contract/terminal/limits.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Longer than any wait of the client's or the terminal's. */
const LONG_MS = 60_000
/** It ends a test that hangs; on a busy machine they take a while. */
const TEST_LIMIT_MS = 180_000
/** Long enough for one that lost its connection to be back. */
const RECONNECTED_MS = 1_000

function pattern(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length; index += 1) bytes[index] = (index * 31 + seed + (index >> 8)) & 0xff
  return bytes
}

/** A short session that begins, is typed into, answers and ends; its connection breaks as `cut` says. */
async function session(cut: { downBytes: number; upBytes: number }, isPassedOn: boolean) {
  const wired = new WiredTerminal({ isPassedOn })
  const one = wired.join({ cuts: [cut] })
  await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
  wired.program.say(pattern(90, 1), 40)
  for (let turn = 0; turn < 3; turn += 1) {
    one.type(pattern(30, turn))
    wired.program.say(pattern(50, turn), 20)
    await vi.advanceTimersByTimeAsync(20)
  }
  await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
  wired.program.exit({ code: 7 })
  await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
  wired.terminals.abandon()
  return { wired, one }
}

describe('a client and a terminal over connections that break', () => {
  it.each([
    ['downBytes', false],
    ['upBytes', false],
    ['downBytes', true],
    ['upBytes', true],
  ] as const)(
    'lose nothing where one breaks at any byte: %s, carried on to another holder: %s',
    { timeout: TEST_LIMIT_MS },
    async (way, isPassedOn) => {
      for (let bytes = 0; ; bytes += 1) {
        const { wired, one } = await session({ downBytes: Infinity, upBytes: Infinity, [way]: bytes }, isPassedOn)
        expect(one.seen.equals(wired.output)).toBe(true)
        expect(wired.output.length).toBe(240)
        expect(wired.program.typed).toEqual(one.written)
        expect(one.client.state).toEqual({ status: 'exited', exit: { code: 7 } })
        expect(wired.problems).toEqual([])
        // All that there was to carry has passed before it broke.
        if (one.connections > 1) continue
        expect(bytes).toBeGreaterThan(250)
        break
      }
    },
  )
})

describe('a client whose terminal has come to another holder', () => {
  it('has the rest of its output and its end, whatever it has typed', async () => {
    const wired = new WiredTerminal()
    const one = wired.join()
    await vi.advanceTimersByTimeAsync(100)
    one.type(pattern(300, 1))
    await vi.advanceTimersByTimeAsync(100)
    one.isCutOff = true
    one.drop()
    wired.program.say(pattern(70, 2))
    wired.takeUp()
    await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
    expect(one.client.state.status).toBe('reconnecting')
    one.isCutOff = false
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(one.client.state).toEqual({ status: 'stopped' })
    expect(one.seen.equals(wired.output)).toBe(true)
    expect(wired.program.typed).toEqual(one.written)
    expect(wired.problems).toEqual([])
  })
})

describe('several clients', () => {
  const step = fc.oneof(
    fc.record({ act: fc.constant('say' as const), who: fc.nat(2), size: fc.integer({ min: 1, max: 4000 }) }),
    fc.record({ act: fc.constant('type' as const), who: fc.nat(2), size: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ act: fc.constant('resize' as const), who: fc.nat(2), size: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ act: fc.constant('drop' as const), who: fc.nat(2), size: fc.constant(0) }),
    fc.record({ act: fc.constant('stall' as const), who: fc.nat(2), size: fc.constant(0) }),
    fc.record({ act: fc.constant('wait' as const), who: fc.nat(2), size: fc.integer({ min: 1, max: 3000 }) }),
  )

  it('each see all of the output and type each key once, in any order of what they do', {
    timeout: TEST_LIMIT_MS,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 3000 }),
        async (steps, pieceBytes) => {
          const wired = new WiredTerminal()
          const clients = [wired.join(), wired.join(), wired.join()]
          await vi.advanceTimersByTimeAsync(100)
          for (const [turn, { act, who, size }] of steps.entries()) {
            const client = clients[who]
            if (act === 'say') wired.program.say(pattern(size, turn), pieceBytes)
            // What each of them types tells who it was.
            else if (act === 'type') client?.type(Buffer.alloc(size, 3 * (turn % 80) + who))
            else if (act === 'resize') client?.client.resize(size, 1 + (size % 50))
            else if (act === 'drop') client?.drop()
            else if (act === 'stall') {
              for (const one of clients) one.parseAll()
              if (client) client.isStalled = true
            } else await vi.advanceTimersByTimeAsync(size)
          }
          for (const one of clients) one.parseAll()
          await vi.advanceTimersByTimeAsync(LONG_MS)
          wired.program.exit({ code: 0 })
          await vi.advanceTimersByTimeAsync(LONG_MS)
          for (const [who, one] of clients.entries()) {
            expect(one.seen.equals(wired.output)).toBe(true)
            expect(wired.program.typed.filter((byte) => byte % 3 === who)).toEqual(one.written)
            expect(one.client.state).toEqual({ status: 'exited', exit: { code: 0 } })
          }
          expect(wired.problems).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are waited for, but not one that takes nothing for 10 seconds', { timeout: TEST_LIMIT_MS }, async () => {
    const wired = new WiredTerminal()
    const [awake, asleep] = [wired.join(), wired.join()]
    await vi.advanceTimersByTimeAsync(100)
    asleep.isStalled = true
    const whole = pattern(1.5 * OUTPUT_WINDOW_BYTES, 5)
    wired.program.say(whole, 65_536)
    await vi.advanceTimersByTimeAsync(9_000)
    expect(wired.program.isPaused).toBe(true)
    expect(wired.output.length).toBeLessThan(OUTPUT_WINDOW_BYTES + 131_072)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(awake.seen.equals(whole)).toBe(true)
    // It comes back when it has parsed what it had, and goes on from there.
    expect(asleep.connections).toBe(1)
    asleep.parseAll()
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(asleep.connections).toBeGreaterThan(1)
    expect(asleep.seen.equals(whole)).toBe(true)
  })

  it('leave answers to the one that was used last, and to another once that has left', async () => {
    const wired = new WiredTerminal()
    const settled = () => vi.advanceTimersByTimeAsync(100)
    const say = async (text: string): Promise<void> => {
      wired.program.say(Buffer.from(text))
      await settled()
    }
    const first = wired.join()
    await settled()
    await say('alone ')
    const second = wired.join()
    await settled()
    await say('first ')
    second.type(Buffer.from('x'))
    await settled()
    await say('second ')
    first.client.claim()
    await settled()
    await say('claimed ')
    second.type(Buffer.from('y'))
    await settled()
    second.drop()
    await settled()
    await say('away ')
    await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
    await say('back ')
    first.client.dispose()
    await settled()
    await say('left ')
    expect(first.toAnswer.toString()).toBe('alone first claimed away back ')
    expect(second.toAnswer.toString()).toBe('second left ')
    expect(second.seen.toString()).toBe(wired.output.toString())
    wired.terminals.abandon()
  })

  it('have the size that all of them can show', { timeout: TEST_LIMIT_MS }, async () => {
    const wired = new WiredTerminal()
    const wide = wired.join({ cols: 200, rows: 20 })
    await vi.advanceTimersByTimeAsync(100)
    const high = wired.join({ cols: 100, rows: 60 })
    await vi.advanceTimersByTimeAsync(100)
    wide.client.resize(90, 30)
    await vi.advanceTimersByTimeAsync(100)
    high.client.dispose()
    await vi.advanceTimersByTimeAsync(100)
    expect(wired.program.sizes).toEqual(['100x20', '90x30'])
    wide.client.dispose()
    await vi.advanceTimersByTimeAsync(100)
    expect(wired.terminals.list()).toMatchObject([{ cols: 90, rows: 30, clients: 0 }])
  })

  it('have the size of the one that claimed it whenever that is there, until another claims', async () => {
    const wired = new WiredTerminal()
    const settled = () => vi.advanceTimersByTimeAsync(100)
    const wide = wired.join({ cols: 200, rows: 50 })
    await settled()
    const small = wired.join({ cols: 80, rows: 24 })
    await settled()
    wide.client.claim()
    await settled()
    wide.isCutOff = true
    wide.drop()
    await settled()
    expect(small.client.health).toMatchObject({ cols: 80, rows: 24, isClaimed: false })
    wide.isCutOff = false
    await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
    expect(small.client.health).toMatchObject({ cols: 200, rows: 50, isClaimed: true })
    small.client.claim()
    wide.drop()
    await vi.advanceTimersByTimeAsync(RECONNECTED_MS)
    expect(wide.client.health).toMatchObject({ cols: 80, rows: 24, isClaimed: true })
    expect(wired.program.sizes).toEqual(['80x24', '200x50', '80x24', '200x50', '80x24'])
    wired.terminals.abandon()
  })
})
