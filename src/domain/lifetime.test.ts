import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dueOf,
  GRACE_MS,
  type Instant,
  type Lifetime,
  type LifetimeEvent,
  live,
  newLifetime,
  resumeLifetime,
  type Terms,
  WARNING_MS,
  writtenOf,
} from './lifetime.ts'

const HOUR = 3_600_000
const START: Instant = { wallMs: 1_700_000_000_000, steadyMs: 5_000_000 }
const AGENT: Terms = { ttlMs: 4 * HOUR, idleStopMs: undefined }
const IDLING: Terms = { ttlMs: undefined, idleStopMs: HOUR }

/** `steady` of awake time later, with the wall clock set forward or back by `jump` meanwhile. */
function later(at: Instant, steady: number, jump = 0): Instant {
  return { wallMs: at.wallMs + steady + jump, steadyMs: at.steadyMs + steady }
}

function started(terms: Terms): Lifetime {
  return live(newLifetime(terms, START), { type: 'ran', isRunning: true }, START)
}

describe('a life with an end', () => {
  it('is announced before it ends, and put off by whoever uses it', () => {
    const began = started(AGENT)
    expect(dueOf(began)).toEqual({ kind: 'rest', forMs: 4 * HOUR - WARNING_MS })
    const near = later(START, 4 * HOUR - WARNING_MS)
    const warned = live(live(began, { type: 'passed' }, near), { type: 'warned' }, near)
    expect(dueOf(live(began, { type: 'passed' }, near))).toEqual({ kind: 'warn' })
    expect(dueOf(warned)).toEqual({ kind: 'rest', forMs: WARNING_MS })
    const touched = live(warned, { type: 'touched' }, near)
    expect(dueOf(touched)).toEqual({ kind: 'rest', forMs: 4 * HOUR - WARNING_MS })
    expect(dueOf(live(warned, { type: 'passed' }, later(near, WARNING_MS)))).toEqual({ kind: 'expire' })
  })

  it('counts from the last use, not from when that was noticed', () => {
    const at = later(START, 3 * HOUR)
    const life = live(started(AGENT), { type: 'active', idleMs: HOUR }, at)
    expect(writtenOf(life)).toMatchObject({ expiresAtMs: at.wallMs + 3 * HOUR, lastActiveAtMs: at.wallMs - HOUR })
  })

  it('has none any more when it was kept at it, until it is started or touched', () => {
    const kept = live(started(AGENT), { type: 'kept' }, START)
    const stopped = live(kept, { type: 'ran', isRunning: false }, START)
    expect(dueOf(stopped)).toEqual({ kind: 'rest', forMs: Number.POSITIVE_INFINITY })
    expect(live(stopped, { type: 'ran', isRunning: true }, START).leftMs).toBe(4 * HOUR)
    expect(live(stopped, { type: 'touched' }, START).leftMs).toBe(4 * HOUR)
  })

  it('of another length is counted from when that was said', () => {
    const amended = live(started(AGENT), { type: 'amended', terms: { ...AGENT, ttlMs: HOUR } }, later(START, 3 * HOUR))
    expect(amended.leftMs).toBe(HOUR)
    expect(live(amended, { type: 'amended', terms: IDLING }, START).leftMs).toBeUndefined()
  })
})

describe('a workspace that nobody uses', () => {
  it('is stopped, but not while it does not run, and not once it was used again', () => {
    const idle = live(started(IDLING), { type: 'passed' }, later(START, HOUR))
    expect(dueOf(idle)).toEqual({ kind: 'stop_idle' })
    expect(dueOf(live(idle, { type: 'ran', isRunning: false }, idle.at)).kind).toBe('rest')
    expect(dueOf(live(idle, { type: 'active', idleMs: HOUR / 2 }, idle.at))).toEqual({ kind: 'rest', forMs: HOUR / 2 })
  })

  it('is left alone for as long as what was due could not be done', () => {
    const idle = live(started(IDLING), { type: 'passed' }, later(START, HOUR))
    expect(dueOf(live(idle, { type: 'held', forMs: 60_000 }, idle.at))).toEqual({ kind: 'rest', forMs: 60_000 })
  })
})

describe('an agent that was away for a week', () => {
  const away = 7 * 24 * HOUR
  const back = later(START, away)

  it('ends nothing before there was an announcement and time to answer it', () => {
    const resumed = resumeLifetime(AGENT, { ...writtenOf(started(AGENT)) }, back)
    expect(dueOf(resumed)).toEqual({ kind: 'warn' })
    const warned = live(resumed, { type: 'warned' }, back)
    expect(dueOf(warned)).toEqual({ kind: 'rest', forMs: GRACE_MS })
  })

  it('stops nothing before it had time to learn who is at work', () => {
    const resumed = resumeLifetime(IDLING, writtenOf(started(IDLING)), back)
    expect(dueOf(resumed)).toEqual({ kind: 'rest', forMs: GRACE_MS })
    expect(dueOf(live(resumed, { type: 'active', idleMs: 0 }, back))).toEqual({ kind: 'rest', forMs: HOUR })
  })

  it('does not let a clock that was set back meanwhile make a life longer than it was', () => {
    const resumed = resumeLifetime(AGENT, writtenOf(started(AGENT)), later(START, 0, -away))
    expect(resumed.leftMs).toBe(4 * HOUR)
  })
})

/** Something that happens `steadyMs` of awake time after the thing before, with the wall clock set by `jumpMs`. */
type Step = { steadyMs: number; jumpMs: number } & (
  | { kind: 'event'; event: LifetimeEvent }
  /** The agent was away for `steadyMs`, or the computer off: its steady clock begins anew. */
  | { kind: 'away' }
)

const anyEvent = fc.oneof<fc.Arbitrary<LifetimeEvent>[]>(
  fc.constant({ type: 'passed' }),
  fc.record({ type: fc.constant('active' as const), idleMs: fc.integer({ min: 0, max: 2 * HOUR }) }),
  fc.constant({ type: 'touched' }),
  fc.record({ type: fc.constant('ran' as const), isRunning: fc.boolean() }),
)
const anySpan = fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 100 * HOUR }))
const anyJump = fc.oneof(fc.constant(0), fc.integer({ min: -10_000 * HOUR, max: 10_000 * HOUR }))
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('event' as const), event: anyEvent, steadyMs: anySpan, jumpMs: anyJump }),
  fc.record({ kind: fc.constant('away' as const), steadyMs: anySpan, jumpMs: anyJump }),
)
const anyTerms = fc.record({
  ttlMs: fc.option(fc.integer({ min: 60_000, max: 50 * HOUR }), { nil: undefined }),
  idleStopMs: fc.option(fc.integer({ min: 60_000, max: 50 * HOUR }), { nil: undefined }),
})

/** Goes through steps as an agent does, warning when it is due; `seen` is told what is due at each moment. */
function goThrough(terms: Terms, steps: readonly Step[], seen: (lifetime: Lifetime, watchedMs: number) => void): void {
  let at = START
  let lifetime = live(newLifetime(terms, at), { type: 'ran', isRunning: true }, at)
  /** Awake time in which an agent kept watch, since the last use or since an agent came back. */
  let watchedMs = 0
  for (const step of steps) {
    at = later(at, step.steadyMs, step.jumpMs)
    if (step.kind === 'away') {
      at = { ...at, steadyMs: step.steadyMs % 1000 }
      lifetime = resumeLifetime(terms, writtenOf(lifetime), at)
      watchedMs = 0
    } else {
      watchedMs += step.steadyMs
      lifetime = live(lifetime, step.event, at)
      if (step.event.type === 'touched') watchedMs = 0
      if (step.event.type === 'ran' && lifetime.idleMs === 0) watchedMs = 0
      if (step.event.type === 'active') watchedMs = Math.min(watchedMs, step.event.idleMs)
    }
    if (dueOf(lifetime).kind === 'warn') {
      lifetime = live(lifetime, { type: 'warned' }, at)
      seen(lifetime, watchedMs)
    }
    seen(lifetime, watchedMs)
  }
}

describe('whatever clocks, sleeps and agents do', () => {
  it('nothing is ended or stopped before it was watched unused for its time, or for the grace', () => {
    fc.assert(
      fc.property(anyTerms, fc.array(anyStep, { maxLength: 30 }), (terms, steps) => {
        goThrough(terms, steps, (lifetime, watchedMs) => {
          const due = dueOf(lifetime).kind
          if (due === 'expire') expect(watchedMs).toBeGreaterThanOrEqual(Math.min(terms.ttlMs ?? Infinity, GRACE_MS))
          if (due === 'stop_idle')
            expect(watchedMs).toBeGreaterThanOrEqual(Math.min(terms.idleStopMs ?? Infinity, GRACE_MS))
        })
      }),
    )
  })

  it('nothing ends unannounced, nor at once when it is announced', () => {
    fc.assert(
      fc.property(anyTerms, fc.array(anyStep, { maxLength: 30 }), (terms, steps) => {
        goThrough(terms, steps, (lifetime) => {
          if (dueOf(lifetime).kind === 'expire') expect(lifetime.isWarned).toBe(true)
          expect(dueOf(lifetime).kind).not.toBe('warn')
        })
      }),
    )
  })

  it('a wall clock that is set changes neither what is left nor what is due', () => {
    fc.assert(
      fc.property(anyTerms, fc.array(fc.tuple(anyEvent, anySpan, anyJump), { maxLength: 20 }), (terms, steps) => {
        let [calm, shaken] = [started(terms), started(terms)]
        let [calmAt, shakenAt] = [START, START]
        for (const [event, steadyMs, jumpMs] of steps) {
          calmAt = later(calmAt, steadyMs)
          shakenAt = later(shakenAt, steadyMs, jumpMs)
          calm = live(calm, event, calmAt)
          shaken = live(shaken, event, shakenAt)
        }
        expect({ ...shaken, at: calm.at }).toEqual(calm)
        expect(dueOf(shaken)).toEqual(dueOf(calm))
      }),
    )
  })

  it('who rests for as long as is said finds something due then', () => {
    fc.assert(
      fc.property(anyTerms, fc.array(anyStep, { maxLength: 10 }), (terms, steps) => {
        goThrough(terms, steps, (lifetime) => {
          const due = dueOf(lifetime)
          if (due.kind !== 'rest' || due.forMs === Number.POSITIVE_INFINITY) return
          const then = live(lifetime, { type: 'passed' }, later(lifetime.at, due.forMs))
          expect(dueOf(then).kind).not.toBe('rest')
        })
      }),
    )
  })
})
