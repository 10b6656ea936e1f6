/** Allows `perSecond` events on average and `burst` at once. `nowMs` is a clock that only goes forward. */
export function rateLimit(perSecond: number, burst: number, nowMs: () => number): () => boolean {
  let tokens = burst
  let last = nowMs()
  return () => {
    const now = nowMs()
    tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond)
    last = now
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
