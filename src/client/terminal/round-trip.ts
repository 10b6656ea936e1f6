/** How much a new measurement counts beside all before it. */
const WEIGHT = 0.25

/** A round trip that follows changes of the link and not single delays (an exponential average). In milliseconds. */
export function smoothed(before: number | undefined, measuredMs: number): number {
  return before === undefined ? measuredMs : before + WEIGHT * (measuredMs - before)
}
