/** The ways that a figure is measured by; Berth's is the first, its peer the second. */
export type Ways<T> = Record<string, T>

/** Runs all in turns, `rounds` times, another one first each time, and keeps what each returns. */
export async function inTurns(rounds: number, ways: Ways<() => Promise<number>>): Promise<Ways<number[]>> {
  const names = Object.keys(ways)
  const measured: Ways<number[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] ?? ''
      const value = await ways[name]?.()
      if (value !== undefined) measured[name]?.push(value)
    }
  }
  return measured
}

/** The same for each way. */
export function forEach<A, B>(ways: Ways<A>, make: (way: A) => B): Ways<B> {
  return Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, make(way)]))
}

/** Milliseconds that `deed` takes. */
export async function timed(deed: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await deed()
  return performance.now() - began
}
