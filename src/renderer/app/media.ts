import { useSyncExternalStore } from 'react'

/** From this width on the sidebar stands beside the page (`--breakpoint-wide`). */
const WIDE = '(min-width: 900px)'

/** Whether there is room for the sidebar beside the page. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches)
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
