/** News that came within this time are told as one. */
const GATHER_MS = 50

export interface Gathered extends Disposable {
  /** Something is news of `subject`: told at once, or, where that was told just now, once when the time is over. */
  note(subject: string): void
}

/** Tells news of many subjects, of each at most every 50 ms however often there is one, and never the last one not. */
export function gather(tell: (subject: string) => void): Gathered {
  /** Of subjects that were told just now: whether there has been news since. */
  const resting = new Map<string, { timer: NodeJS.Timeout; hasNews: boolean }>()
  const say = (subject: string): void => {
    const rest = { timer: setTimeout(() => wake(subject), GATHER_MS), hasNews: false }
    resting.set(subject, rest)
    tell(subject)
  }
  const wake = (subject: string): void => {
    const hadNews = resting.get(subject)?.hasNews === true
    resting.delete(subject)
    if (hadNews) say(subject)
  }
  return {
    note: (subject) => {
      const rest = resting.get(subject)
      if (rest === undefined) say(subject)
      else rest.hasNews = true
    },
    [Symbol.dispose]: () => {
      for (const { timer } of resting.values()) clearTimeout(timer)
      resting.clear()
    },
  }
}
