/** What one figure came to: a value for each round, ours and the peer's taken in turns. */
export interface Measurement {
  ours: number[]
  peer: number[]
}

export interface Figure {
  name: string
  /** What is measured beside it, in the same run. */
  peer: string
  unit: 'ms' | 'MB/s'
  /** Bound of the ratio ours : peer, from the project's goals. */
  goal: { atMost: number } | { atLeast: number }
  measure: () => Promise<Measurement>
}

/** Runs both in turns, `rounds` times, the other one first each time, and keeps what each returns. */
export async function inTurns(
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<Measurement> {
  const measurement: Measurement = { ours: [], peer: [] }
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) measurement.ours.push(await ours())
    measurement.peer.push(await peer())
    if (round % 2 === 1) measurement.ours.push(await ours())
  }
  return measurement
}

/** Milliseconds that `deed` takes. */
export async function timed(deed: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await deed()
  return performance.now() - began
}
