const BASE_MS = 250
const CAP_MS = 15_000

/**
 * How long to wait before attempt `attempt` (the first retry is 1): a random share of a bound that doubles, so that many
 * clients of a worker that comes back do not all come at once ("full jitter").
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempt: number, random: () => number): number {
  const bound = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 10))
  return Math.round(bound * random())
}
