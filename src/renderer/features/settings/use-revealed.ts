import { useEffect, useState } from 'react'

const SHOWN_MS = 30_000

/** One value that is shown for a while: it is gone after 30 seconds, and as soon as the window is left. */
export function useRevealed() {
  const [revealed, setRevealed] = useState<{ name: string; value: string } | undefined>(undefined)
  useEffect(() => {
    if (revealed === undefined) return
    const hide = (): void => setRevealed(undefined)
    const timer = setTimeout(hide, SHOWN_MS)
    window.addEventListener('blur', hide)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', hide)
    }
  }, [revealed])
  return {
    valueOf: (name: string): string | undefined => (revealed?.name === name ? revealed.value : undefined),
    show: (name: string, value: string): void => setRevealed({ name, value }),
    hide: (): void => setRevealed(undefined),
  }
}
