import type { Clock } from '../../client/clock.ts'

/** Does `work` when its turn has come; settles as it does. */
export type Turns = (work: () => Promise<void>) => Promise<void>

/** One work after the other, in the order in which they come. One that takes longer than `patienceMs` goes on beside the next. */
export function takeTurns({ patienceMs, clock }: { patienceMs: number; clock: Pick<Clock, 'schedule'> }): Turns {
  let turn = Promise.resolve()
  return (work) => {
    const done = turn.then(work)
    turn = turn.then(
      () =>
        new Promise<void>((resolve) => {
          const cancel = clock.schedule(resolve, patienceMs)
          const next = (): void => {
            cancel()
            resolve()
          }
          void done.then(next, next)
        }),
    )
    return done
  }
}
