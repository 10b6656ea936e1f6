export interface RateLimit {
  /** Takes one of `key`'s tries. False when none is left now. */
  take(key: string): boolean
}

export interface RateLimitOptions {
  /** Tries at once after a rest. */
  burst: number
  /** Tries that come back, per second. */
  perSecond: number
  now?: () => number
}

/** Keys that are remembered; beyond it those that have rested longest are forgotten. */
const MOST_KEYS = 10_000

/** Token buckets by key (an address, a client), bounded in number. */
export function createRateLimit({ burst, perSecond, now = Date.now }: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take: (key) => {
      const at = now()
      const bucket = buckets.get(key)
      const left = bucket === undefined ? burst : Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond)
      buckets.delete(key)
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at })
      const [oldest] = buckets.keys()
      if (buckets.size > MOST_KEYS && oldest !== undefined) buckets.delete(oldest)
      return left >= 1
    },
  }
}
