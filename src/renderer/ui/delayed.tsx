import { type ReactNode, useEffect, useState } from 'react'

/** Nothing is drawn for what takes less than this. */
const DELAY_MS = 300

/** Draws its children only when it has stood for 300 ms, so that what is quick does not flicker. */
export function Delayed({ children }: { children: ReactNode }) {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), DELAY_MS)
    return () => clearTimeout(timer)
  }, [])
  return due ? children : null
}
