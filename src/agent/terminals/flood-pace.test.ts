import { describe, expect, it } from 'vitest'
import { createFloodPace, type Pace } from './flood-pace.ts'

const FULL_SPEED_BYTES_PER_MS = 50_000
const PIECE_BYTES = 32_768

function terminals() {
  let now = 1000
  let lateMs = 0
  let timers: { dueMs: number; look: () => void }[] = []
  const floodPace = createFloodPace({
    steadyMs: () => now,
    schedule: (look, ms) => {
      timers.push({ dueMs: now + ms + lateMs, look })
    },
  })
  const lookIfDue = (): void => {
    const due = timers.filter(({ dueMs }) => dueMs <= now)
    timers = timers.filter(({ dueMs }) => dueMs > now)
    for (const { look } of due) look()
  }
  return {
    join: () => floodPace.join(),
    pass: (ms: number) => {
      now += ms
      lookIfDue()
    },
    /** From now on this process gets to its timers so much later than they are due. */
    beLate: (ms: number) => {
      lateMs = ms
    },
    /** Carries pieces through each of `paces` for `ms`, as fast as they may. Returns the bytes of each. */
    flood: (paces: readonly Pace[], ms: number, meanwhile: () => void = () => undefined): number[] => {
      const carried = paces.map(() => 0)
      const restsUntil = paces.map(() => 0)
      for (const end = now + ms; now < end; now += PIECE_BYTES / FULL_SPEED_BYTES_PER_MS) {
        meanwhile()
        lookIfDue()
        paces.forEach((pace, index) => {
          if ((restsUntil[index] ?? 0) > now) return
          carried[index] = (carried[index] ?? 0) + PIECE_BYTES
          restsUntil[index] = now + pace.carried(PIECE_BYTES)
        })
      }
      return carried
    },
  }
}

describe('the pace of a flood', () => {
  it('is its own while nobody types', () => {
    const { join, flood } = terminals()
    const [bytes] = flood([join()], 1000)
    expect(bytes).toBeGreaterThan(0.95 * 1000 * FULL_SPEED_BYTES_PER_MS)
  })

  it('is a screenful a frame from the first key beside it, until nobody types any more', () => {
    const { join, flood, pass } = terminals()
    const [typist, flooding] = [join(), join()]
    flood([flooding], 1000)
    typist.typed()
    const [slowed = 0] = flood([flooding], 1000)
    expect(slowed).toBeLessThan(1.1 * 4_194_304)
    expect(slowed).toBeGreaterThan(0.8 * 4_194_304)
    pass(2_001)
    const [free] = flood([flooding], 1000)
    expect(free).toBeGreaterThan(0.95 * 1000 * FULL_SPEED_BYTES_PER_MS)
  })

  it('is its own in the terminal that is typed in, unless another is as well', () => {
    const { join, flood } = terminals()
    const [one, other] = [join(), join()]
    const [free] = flood([one], 1000, () => one.typed())
    expect(free).toBeGreaterThan(0.95 * 1000 * FULL_SPEED_BYTES_PER_MS)
    other.typed()
    const [slowed] = flood([one], 1000, () => one.typed())
    expect(slowed).toBeLessThan(1.1 * 4_194_304)
  })

  it('is shared by all that flood, while what goes slowly is not slowed', () => {
    const { join, flood } = terminals()
    const [typist, steady] = [join(), join()]
    const floods = Array.from({ length: 10 }, join)
    let rests = 0
    let ticks = 0
    const carried = flood(floods, 2000, () => {
      typist.typed()
      // 500 bytes each 0.65 ms are 0.77 MB a second.
      ticks += 1
      rests += steady.carried(500)
    })
    const sum = carried.reduce((total, bytes) => total + bytes, 0)
    expect(sum).toBeLessThan(2 * 2 * 4_194_304)
    expect(Math.min(...carried)).toBeGreaterThan(0)
    expect({ rests, hasRun: ticks > 1000 }).toEqual({ rests: 0, hasRun: true })
  })

  it('leaves each of many enough to catch up', () => {
    const { join, flood } = terminals()
    const typist = join()
    const floods = Array.from({ length: 50 }, join)
    flood(floods, 1000, () => typist.typed())
    const carried = flood(floods, 4000, () => typist.typed())
    expect(Math.min(...carried)).toBeGreaterThan(4 * 200_000)
  })

  it('is less where this process gets to its work too late, and grows again when it is in time', () => {
    const { join, flood, beLate } = terminals()
    const [typist, flooding] = [join(), join()]
    const type = (): void => typist.typed()
    beLate(100)
    flood([flooding], 2000, type)
    const [starved] = flood([flooding], 1000, type)
    expect(starved).toBeLessThan(4_194_304 / 16)
    expect(starved).toBeGreaterThan(0)
    beLate(0)
    flood([flooding], 3000, type)
    const [recovered] = flood([flooding], 1000, type)
    expect(recovered).toBeGreaterThan(0.8 * 4_194_304)
  })

  it('is its own again once nobody types, however late this process is', () => {
    const { join, flood, pass, beLate } = terminals()
    const [typist, flooding] = [join(), join()]
    beLate(100)
    flood([flooding], 2000, () => typist.typed())
    pass(2_001)
    const [free] = flood([flooding], 1000)
    expect(free).toBeGreaterThan(0.9 * 1000 * FULL_SPEED_BYTES_PER_MS)
  })

  it('counts a terminal that has left no more', () => {
    const { join, flood } = terminals()
    const [typist, leaver, flooding] = [join(), join(), join()]
    typist.typed()
    flood([leaver], 100)
    leaver.leave()
    const [slowed = 0] = flood([flooding], 1000)
    expect(slowed).toBeGreaterThan(0.8 * 4_194_304)
  })
})
