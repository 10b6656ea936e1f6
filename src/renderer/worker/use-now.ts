import { useEffect, useState } from 'react'

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
