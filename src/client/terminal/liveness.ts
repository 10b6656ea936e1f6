import { OUTPUT_WINDOW_BYTES } from '../../contract/terminal/limits.ts'
import type { Clock } from '../clock.ts'

const TICK_MS = 1_250
/** How often the other side is asked, and how long its answer may take: a dead link is found within 10 s. */
const ASK_EVERY_MS = 2_500
const ANSWER_MS = 5_000
/** While a screen comes, nothing is asked, as the answer would wait behind all of it: the screen itself shows life, so often. */
const SCREEN_SILENCE_MS = 8_000
/** Less output than this after a question is not what its answer waits behind. */
const BUSY_BYTES = 65_536
/** An answer that came within this was not waiting behind output: the link had room for what it brought meanwhile. */
const PROMPT_ANSWER_MS = 1_000
/** Output this much faster than what the link had room for may fill it. */
const FILLING_FACTOR = 1.5

export interface LivenessDeps {
  clock: Clock
  /** Bytes of a screen that come before any output. */
  screenBytes: number
  /** Sends a question, which the other side answers with its number. */
  ping: (id: number) => void
  /** A question was answered after this many milliseconds. */
  measured: (roundTripMs: number) => void
  /** The other side is gone, or hears nothing any more. Called once, with the last time at which it was surely there. */
  dead: (lastSureAt: number) => void
}

/** Watches a connection that may die without a word, in one direction or in both. */
export interface Liveness {
  /** A message of the other side came; `bytes` of output, or 0. */
  heard(bytes: number): void
  answered(id: number): void
  /** Asks now: the network changed, the computer woke. */
  ask(): void
  stop(): void
}

/** `bytesPerMsBefore`: the output that came since the question before it. */
type Question = { id: number; at: number; bytesSince: number; bytesPerMsBefore: number }
type Traffic = { now: number; lastHeard: number; roomBytesPerMs: number }

export function watchLiveness({ clock, screenBytes, ping, measured, dead }: LivenessDeps): Liveness {
  let lastHeard = clock.now()
  let lastAsked = Number.NEGATIVE_INFINITY
  let lastTick = clock.now()
  let question: Question | undefined
  let questions = 0
  let bytesSinceAsked = 0
  let screenLeft = screenBytes
  /** The most output after which an answer was still prompt. */
  let roomBytesPerMs = 0
  let cancel: () => void = () => undefined

  const ask = (): void => {
    const at = clock.now()
    questions += 1
    const bytesPerMsBefore = at > lastAsked ? bytesSinceAsked / (at - lastAsked) : 0
    question = { id: questions, at, bytesSince: 0, bytesPerMsBefore }
    bytesSinceAsked = 0
    lastAsked = at
    ping(questions)
  }

  const tick = (): void => {
    const now = clock.now()
    // The computer slept, the page was frozen or the clock was set: answers may wait behind this very tick.
    const isTimeLost = now < lastTick || now - lastTick > 2 * TICK_MS
    lastTick = now
    if (isTimeLost) {
      lastHeard = now
      if (screenLeft <= 0) ask()
    } else if (screenLeft > 0) {
      if (now - lastHeard >= SCREEN_SILENCE_MS) {
        dead(lastHeard)
        return
      }
    } else if (question !== undefined && isUnanswered(question, { now, lastHeard, roomBytesPerMs })) {
      dead(Math.min(lastHeard, question.at))
      return
    } else if (question === undefined && now - lastAsked >= ASK_EVERY_MS) ask()
    cancel = clock.schedule(tick, TICK_MS)
  }

  if (screenLeft <= 0) ask()
  cancel = clock.schedule(tick, TICK_MS)
  return {
    heard: (bytes) => {
      lastHeard = clock.now()
      if (screenLeft > 0) {
        screenLeft -= bytes
        if (screenLeft <= 0) ask()
        return
      }
      bytesSinceAsked += bytes
      if (question !== undefined) question.bytesSince += bytes
    },
    answered: (id) => {
      if (question?.id !== id) return
      const roundTripMs = clock.now() - question.at
      if (roundTripMs <= PROMPT_ANSWER_MS) roomBytesPerMs = Math.max(roomBytesPerMs, question.bytesPerMsBefore)
      question = undefined
      if (roundTripMs >= 0) measured(roundTripMs)
    },
    ask: () => {
      if (question === undefined && screenLeft <= 0) ask()
    },
    stop: () => cancel(),
  }
}

/**
 * Whether an answer will not come any more. On a link that output fills, it comes behind at most a window of output, however
 * long that takes; on one that had room for as much before, it should have come.
 */
function isUnanswered({ at, bytesSince }: Question, { now, lastHeard, roomBytesPerMs }: Traffic): boolean {
  const waitedMs = now - at
  if (waitedMs < ANSWER_MS) return false
  const isFilled = bytesSince >= BUSY_BYTES && bytesSince / waitedMs > roomBytesPerMs * FILLING_FACTOR
  if (isFilled && now - lastHeard < ANSWER_MS) return bytesSince > OUTPUT_WINDOW_BYTES + BUSY_BYTES
  return true
}
