/** Does `work` once it may; settles as it does. */
export type Permits = (work: () => Promise<void>) => Promise<void>

/** At most so many works at once; the others wait, in the order in which they come. */
export function createPermits(most: number): Permits {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
