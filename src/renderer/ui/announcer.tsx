import { useSyncExternalStore } from 'react'
import { announcements } from './announcements.ts'

/** The one polite live region of the page. It is empty and in place before anything is said. */
export function LiveRegion() {
  const said = useSyncExternalStore(announcements.subscribe, announcements.read)
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {said}
    </div>
  )
}
