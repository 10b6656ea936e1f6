/** At most one announcement in this time: what comes in between is said together. */
const INTERVAL_MS = 2000

/** The page stays empty for so long before a sentence that it holds already: only what changes is heard. */
const GAP_MS = 100

type Timers = { now: () => number; after: (ms: number, run: () => void) => void }

/** Collects sentences for screen readers and says them one at a time, not oftener than every two seconds. */
export function createAnnouncements(timers: Timers) {
  let said = ''
  let lastAt = Number.NEGATIVE_INFINITY
  let waiting: string[] = []
  const listeners = new Set<() => void>()

  const put = (sentence: string): void => {
    said = sentence
    for (const listener of listeners) listener()
  }
  const say = (): void => {
    const sentence = waiting.join(' ')
    waiting = []
    lastAt = timers.now()
    if (sentence === said) {
      put('')
      timers.after(GAP_MS, () => put(sentence))
    } else put(sentence)
  }

  return {
    announce(sentence: string): void {
      // Twice at once is once: the same was said of the same.
      if (waiting.at(-1) === sentence) return
      waiting.push(sentence)
      if (waiting.length > 1) return
      const wait = lastAt + INTERVAL_MS - timers.now()
      if (wait <= 0) say()
      else timers.after(wait, say)
    },
    read: (): string => said,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const announcements = createAnnouncements({
  now: () => performance.now(),
  after: (ms, run) => setTimeout(run, ms),
})

/** Says a sentence to screen readers, politely. */
export const announce = announcements.announce
