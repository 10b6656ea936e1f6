import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.ts'
import { watchLiveness } from './liveness.ts'

function watched({ answersAfterMs, screenBytes = 0 }: { answersAfterMs?: number; screenBytes?: number } = {}) {
  const clock = new ManualClock()
  const asked: number[] = []
  const measured: number[] = []
  const deaths: { at: number; lastHeardAt: number }[] = []
  const link = { answersAfterMs }
  const liveness = watchLiveness({
    clock,
    screenBytes,
    ping: (id) => {
      asked.push(id)
      const { answersAfterMs: delay } = link
      if (delay === undefined) return
      clock.schedule(() => {
        liveness.heard(0)
        liveness.answered(id)
      }, delay)
    },
    measured: (ms) => measured.push(ms),
    dead: (lastHeardAt) => deaths.push({ at: clock.now(), lastHeardAt }),
  })
  return { clock, asked, measured, deaths, liveness, link }
}

/** Brings `bytes` of output every `everyMs`, for `totalMs`. */
async function output(
  { clock, liveness }: Pick<ReturnType<typeof watched>, 'clock' | 'liveness'>,
  { bytes, everyMs, totalMs }: { bytes: number; everyMs: number; totalMs: number },
): Promise<void> {
  for (let passed = 0; passed < totalMs; passed += everyMs) {
    liveness.heard(bytes)
    await clock.advance(everyMs)
  }
}

describe('a link that is watched', () => {
  it('lives as long as it answers, however slowly, and is measured', async () => {
    const { clock, measured, deaths } = watched({ answersAfterMs: 900 })
    await clock.advance(60_000)
    expect(deaths).toEqual([])
    expect(measured.length).toBeGreaterThan(10)
    expect(new Set(measured)).toEqual(new Set([900]))
  })

  it.each([0, 700, 1_249, 2_499])('is found dead within 10 s where it dies after %i ms', async (offset) => {
    const { clock, deaths, link } = watched({ answersAfterMs: 5 })
    await clock.advance(30_000 + offset)
    const diedAt = clock.now()
    link.answersAfterMs = undefined
    await clock.advance(10_000)
    expect(deaths).toHaveLength(1)
    expect(deaths[0]?.lastHeardAt).toBeLessThanOrEqual(diedAt + 5)
  })

  it('is found dead where output still comes and nothing goes out any more', async () => {
    const { clock, deaths, liveness, link } = watched({ answersAfterMs: 5 })
    await clock.advance(30_000)
    link.answersAfterMs = undefined
    await output({ clock, liveness }, { bytes: 2_000, everyMs: 500, totalMs: 10_000 })
    expect(deaths).toHaveLength(1)
  })

  it('is found dead where it brought as much output before, and answered', async () => {
    const { clock, deaths, liveness, link } = watched({ answersAfterMs: 5 })
    await output({ clock, liveness }, { bytes: 15_000, everyMs: 500, totalMs: 30_000 })
    link.answersAfterMs = undefined
    await output({ clock, liveness }, { bytes: 15_000, everyMs: 500, totalMs: 10_000 })
    expect(deaths).toHaveLength(1)
  })

  it('is not taken for dead while an answer waits behind much output', async () => {
    const { clock, deaths, liveness, link } = watched({ answersAfterMs: 5 })
    await clock.advance(30_000)
    link.answersAfterMs = 30_000
    await output({ clock, liveness }, { bytes: 15_000, everyMs: 500, totalMs: 30_000 })
    expect(deaths).toEqual([])
  })

  it('is found dead once more output came than can have been before the answer', async () => {
    const { clock, deaths, liveness, link } = watched({ answersAfterMs: 5 })
    await clock.advance(30_000)
    link.answersAfterMs = undefined
    await output({ clock, liveness }, { bytes: 100_000, everyMs: 500, totalMs: 10_000 })
    expect(deaths).toHaveLength(1)
  })

  it('lives while a screen of any size comes, and is asked once it is there', async () => {
    const link = watched({ answersAfterMs: 5, screenBytes: 4_194_304 })
    // 2.6 kB a second: four of them share what a slow mobile link has.
    await output(link, { bytes: 16_384, everyMs: 6_250, totalMs: 255 * 6_250 })
    expect(link.asked).toEqual([])
    link.liveness.heard(16_384)
    expect(link.asked).toEqual([1])
    await link.clock.advance(60_000)
    expect(link.deaths).toEqual([])
    expect(new Set(link.measured)).toEqual(new Set([5]))
  })

  it('is found dead within 10 s where a screen comes no further', async () => {
    const link = watched({ screenBytes: 4_194_304 })
    await output(link, { bytes: 16_384, everyMs: 500, totalMs: 30_000 })
    const diedAt = link.clock.now()
    await link.clock.advance(10_000)
    expect(link.deaths).toEqual([{ at: expect.any(Number), lastHeardAt: diedAt - 500 }])
  })

  it('is asked at once where there is a reason, and not twice', async () => {
    const { clock, asked, liveness } = watched({ answersAfterMs: 100 })
    await clock.advance(1_000)
    expect(asked).toEqual([1])
    liveness.ask()
    liveness.ask()
    expect(asked).toEqual([1, 2])
  })

  it('counts anew after a sleep, and when the clock is set back', async () => {
    const { clock, asked, deaths, link } = watched({ answersAfterMs: 5 })
    await clock.advance(30_000)
    link.answersAfterMs = undefined
    await clock.advance(4_000)
    clock.sleep(3_600_000)
    const before = asked.length
    await clock.advance(1_250)
    expect(asked.length).toBe(before + 1)
    expect(deaths).toEqual([])
    clock.jump(-7_200_000)
    await clock.advance(1_250)
    expect(asked.length).toBe(before + 2)
    await clock.advance(8_000)
    expect(deaths).toHaveLength(1)
  })
})
