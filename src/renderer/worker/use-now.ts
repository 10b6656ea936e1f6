import { useEffect, useState } from 'react'
import type { Worker } from './workers.ts'

/** The time, in ms since the epoch, told anew each `everyMs`; undefined: it stands still. For clocks on the screen only. */
export function useNow(everyMs: number | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (everyMs === undefined) return
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** As `useNow`, by the clock of the worker: for times that it tells. */
export function useWorkerNow(
  { client }: { client: Pick<Worker['client'], 'clockAheadMs'> },
  everyMs: number | undefined,
): number {
  return useNow(everyMs) + client.clockAheadMs
}
