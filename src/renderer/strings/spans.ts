const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const counted = (count: number, unit: string): string => (count === 1 ? `1 ${unit}` : `${count} ${unit}s`)

/** A span in whole units: `never` (0), `30 minutes`, `1 hour`, `7 days`. */
export function formatSeconds(seconds: number): string {
  if (seconds === 0) return 'Never'
  if (seconds % DAY === 0) return counted(seconds / DAY, 'day')
  if (seconds % HOUR === 0) return counted(seconds / HOUR, 'hour')
  return counted(Math.round(seconds / MINUTE), 'minute')
}
