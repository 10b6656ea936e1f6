import { useRef } from 'react'
import { useOverlay } from './overlay.ts'

/** Closes the overlay and runs something once the focus is back where it was: it may be what the action is about. */
export function useCloseAndRun() {
  const { close } = useOverlay()
  const next = useRef<(() => void) | undefined>(undefined)
  return {
    closeAndRun: (run: () => void): void => {
      next.current = run
      close()
    },
    afterClose: (): void => next.current?.(),
  }
}
