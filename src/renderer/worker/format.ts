import { strings } from '../strings/index.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span with its units: `0.2 s`, `38 s`, `1 min 12 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10 * SECOND) return strings.common.seconds((Math.max(0, ms) / SECOND).toFixed(1))
  if (ms < MINUTE) return strings.common.seconds(String(Math.floor(ms / SECOND)))
  if (ms < HOUR) return strings.common.minutes(Math.floor(ms / MINUTE), Math.floor((ms % MINUTE) / SECOND))
  return strings.common.hours(Math.floor(ms / HOUR), Math.floor((ms % HOUR) / MINUTE))
}

/** How long ago, in one short word: `now`, `5 min`, `3 h`, `12 d`. */
export function formatAge(at: string, now: number): string {
  const ms = now - Date.parse(at)
  if (ms < MINUTE) return strings.common.justNow
  if (ms < HOUR) return strings.common.minutesAgo(Math.floor(ms / MINUTE))
  if (ms < DAY) return strings.common.hoursAgo(Math.floor(ms / HOUR))
  return strings.common.daysAgo(Math.floor(ms / DAY))
}

/** How long something still has, in one word and rounded down: `20 min`, `3 h`, `2 d`. */
export function formatLeft(ms: number): string {
  if (ms < MINUTE) return strings.life.lessThanMinute
  if (ms < HOUR) return strings.common.minutesAgo(Math.floor(ms / MINUTE))
  if (ms < 2 * DAY) return strings.common.hoursAgo(Math.floor(ms / HOUR))
  return strings.common.daysAgo(Math.floor(ms / DAY))
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** A size in the unit that reads best, by 1024: `512 B`, `2.1 MB`, `16 GB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  const digits = power === 0 || value >= 10 ? 0 : 1
  return `${value.toFixed(digits)} ${UNITS[power] ?? ''}`
}

/** The time of day where the person is: `9:41`. */
export function formatClock(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })
}

/** When something was seen: within half a day by the clock, then how long ago (`9:41`, `3 d ago`). */
export function formatSeen(at: number, now: number): string {
  return now - at < DAY / 2 ? formatClock(at) : strings.workers.ago(formatAge(new Date(at).toISOString(), now))
}

/** When something was: within half a day by the clock, else with its day. */
export function formatWhen(at: string, now: number): string {
  const atMs = Date.parse(at)
  return now - atMs < DAY / 2 ? formatClock(atMs) : formatMoment(at)
}

/** A moment with its day, where the person is: `21 Nov, 9:41:07`. */
export function formatMoment(at: string): string {
  return new Date(at).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  })
}
