/** First and last port, both in the pool. */
export type PortRange = readonly [first: number, last: number]

/**
 * The ports of a pool in the order to try them: those that nobody holds, the lowest first. Ports outside 1 to 65,535
 * are left out.
 */
export function freePorts(range: PortRange, held: ReadonlySet<number>): number[] {
  const free: number[] = []
  for (let port = Math.max(1, range[0]); port <= Math.min(65_535, range[1]); port += 1) {
    if (!held.has(port)) free.push(port)
  }
  return free
}

/** The words for a pool without a free port: its bounds, and who holds it (at most eight names). */
export function exhaustedMessage(pool: string, range: PortRange, holders: readonly string[]): string {
  const shown = holders.slice(0, 8).join(', ')
  const more = holders.length > 8 ? ` and ${holders.length - 8} more` : ''
  const held = holders.length === 0 ? 'other programs on this computer' : `${shown}${more}`
  return `No ${pool} port is free between ${range[0]} and ${range[1]}. They are held by ${held}.`
}
