import { assertNever } from './assert-never.ts'

/**
 * Two clocks at one moment: the wall's, which people set and which jumps, and one that only ever goes on, and stands
 * still while the computer sleeps. All that is counted is counted by the steady one.
 */
export interface Instant {
  wallMs: number
  steadyMs: number
}

export interface Terms {
  /** How long it lives after its last use; undefined: until somebody deletes it. */
  ttlMs: number | undefined
  /** How long it runs on unused; undefined: for ever. */
  idleStopMs: number | undefined
}

/** How much of its life and of its patience a workspace has left, as of `at`. */
export interface Lifetime {
  readonly terms: Terms
  readonly at: Instant
  readonly isRunning: boolean
  /** Undefined: it has no end, or was kept at its end. */
  readonly leftMs: number | undefined
  /** Since somebody was last seen at work in it. */
  readonly idleMs: number
  /** Nothing is done to it before this has passed. */
  readonly holdMs: number
  /** Whether its end has been announced. */
  readonly isWarned: boolean
}

export type LifetimeEvent =
  | { type: 'passed' }
  /** Somebody was at work in it `idleMs` ago. */
  | { type: 'active'; idleMs: number }
  /** A person or a program asked for it to live on: also for one that was kept at its end. */
  | { type: 'touched' }
  | { type: 'ran'; isRunning: boolean }
  | { type: 'amended'; terms: Terms }
  /** Its end was announced; it does not come sooner than after half of the time that announcements are made before. */
  | { type: 'warned' }
  /** What was due could not be done: not to be tried again before `forMs`. */
  | { type: 'held'; forMs: number }
  /** Its end has come and it was kept: it has no end any more. */
  | { type: 'kept' }

/** What is to be done with a workspace now, or for how long nothing is. */
export type Due = { kind: 'rest'; forMs: number } | { kind: 'warn' } | { kind: 'expire' } | { kind: 'stop_idle' }

/** After a time in which nobody kept watch, a workspace is left so long at least: a person who comes back is to have a chance. */
export const GRACE_MS = 600_000
/** An end is announced so long before it, or at half of a short life. */
export const WARNING_MS = 600_000

/** The lifetime of a workspace that has just been made. */
export function newLifetime(terms: Terms, at: Instant): Lifetime {
  return { terms, at, isRunning: false, leftMs: terms.ttlMs, idleMs: 0, holdMs: 0, isWarned: false }
}

/** What was written down of a lifetime: in wall time, since a steady clock means nothing to the next agent. */
export interface Written {
  expiresAtMs: number | undefined
  lastActiveAtMs: number | undefined
  isRunning: boolean
}

/**
 * Goes on with a lifetime after a time in which no agent kept watch. However long that was and whatever the clock has
 * done meanwhile, what is left is neither less than the grace nor more than the whole.
 */
export function resumeLifetime(terms: Terms, written: Written, at: Instant): Lifetime {
  const { expiresAtMs, lastActiveAtMs, isRunning } = written
  const grace = graceOf(terms.ttlMs)
  const leftMs =
    terms.ttlMs === undefined || expiresAtMs === undefined
      ? undefined
      : between(expiresAtMs - at.wallMs, { least: grace, most: terms.ttlMs })
  const idleMs = lastActiveAtMs === undefined ? 0 : Math.max(0, at.wallMs - lastActiveAtMs)
  return { terms, at, isRunning, leftMs, idleMs, holdMs: graceOf(terms.idleStopMs), isWarned: false }
}

/** The next state. Pure; `at` is when the event is taken in. */
export function live(lifetime: Lifetime, event: LifetimeEvent, at: Instant): Lifetime {
  const now = pass(lifetime, at)
  switch (event.type) {
    case 'passed':
      return now
    case 'active':
      return used(now, event.idleMs)
    case 'touched':
      return used({ ...now, leftMs: now.leftMs ?? now.terms.ttlMs, holdMs: 0 }, 0)
    case 'ran':
      if (event.isRunning === now.isRunning) return now
      return event.isRunning ? { ...live(now, { type: 'touched' }, at), isRunning: true } : { ...now, isRunning: false }
    case 'amended':
      return amend(now, event.terms)
    case 'warned':
      return { ...now, isWarned: true, leftMs: announcedLeft(now) }
    case 'held':
      return { ...now, holdMs: Math.max(now.holdMs, event.forMs) }
    case 'kept':
      return { ...now, leftMs: undefined, isWarned: false }
    default:
      return assertNever(event)
  }
}

/** What is due now. */
export function dueOf({ terms, isRunning, leftMs, idleMs, holdMs, isWarned }: Lifetime): Due {
  const idleLeftMs = isRunning && terms.idleStopMs !== undefined ? terms.idleStopMs - idleMs : Number.POSITIVE_INFINITY
  const endMs = leftMs ?? Number.POSITIVE_INFINITY
  const warnMs = isWarned ? Number.POSITIVE_INFINITY : endMs - warningOf(terms.ttlMs)
  // Never ended unannounced.
  if (warnMs <= 0) return { kind: 'warn' }
  const nextMs = Math.min(warnMs, Math.max(holdMs, Math.min(idleLeftMs, endMs)))
  if (nextMs > 0) return { kind: 'rest', forMs: nextMs }
  return endMs <= 0 ? { kind: 'expire' } : { kind: 'stop_idle' }
}

/** When it ends and when it was last used, in the time that people read: moves as the wall clock is set. */
export function writtenOf({ at, leftMs, idleMs, isRunning }: Lifetime): Written {
  return {
    expiresAtMs: leftMs === undefined ? undefined : at.wallMs + leftMs,
    lastActiveAtMs: at.wallMs - idleMs,
    isRunning,
  }
}

function pass(lifetime: Lifetime, at: Instant): Lifetime {
  const passedMs = Math.max(0, at.steadyMs - lifetime.at.steadyMs)
  const { leftMs } = lifetime
  return {
    ...lifetime,
    at,
    leftMs: leftMs === undefined ? undefined : leftMs - passedMs,
    idleMs: lifetime.idleMs + passedMs,
    holdMs: Math.max(0, lifetime.holdMs - passedMs),
  }
}

function announcedLeft({ leftMs, terms }: Lifetime): number | undefined {
  return leftMs === undefined ? undefined : Math.max(leftMs, warningOf(terms.ttlMs) / 2)
}

function used(lifetime: Lifetime, agoMs: number): Lifetime {
  const { terms, leftMs, isWarned } = lifetime
  const idleMs = Math.min(lifetime.idleMs, Math.max(0, agoMs))
  if (leftMs === undefined || terms.ttlMs === undefined) return { ...lifetime, idleMs }
  const more = Math.max(leftMs, terms.ttlMs - idleMs)
  return { ...lifetime, idleMs, leftMs: more, isWarned: isWarned && more <= warningOf(terms.ttlMs) }
}

function amend(lifetime: Lifetime, terms: Terms): Lifetime {
  const { ttlMs } = terms
  if (ttlMs === lifetime.terms.ttlMs) return { ...lifetime, terms }
  // Another length of life is counted from now: whoever sets it has it in hand.
  return { ...lifetime, terms, leftMs: ttlMs, isWarned: false }
}

function graceOf(limitMs: number | undefined): number {
  return Math.min(GRACE_MS, limitMs ?? 0)
}

function warningOf(ttlMs: number | undefined): number {
  return ttlMs === undefined ? 0 : Math.min(WARNING_MS, ttlMs / 2)
}

function between(value: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, value))
}
