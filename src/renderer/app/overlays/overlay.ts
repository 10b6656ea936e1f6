import { createContext, useContext } from 'react'

/** What lies over the page. One at a time; `stop` and `delete` name what they are about. */
export type Overlay =
  | { kind: 'palette'; prefix: string }
  | { kind: 'leader' }
  | { kind: 'shortcuts' }
  | { kind: 'stop'; worker: string; workspace: string }
  | { kind: 'delete'; worker: string; workspace: string }

export type OverlayControl = {
  overlay: Overlay | undefined
  open: (overlay: Overlay) => void
  close: () => void
}

export const OverlayContext = createContext<OverlayControl | undefined>(undefined)

export function useOverlay(): OverlayControl {
  const control = useContext(OverlayContext)
  if (control === undefined) throw new Error('a screen stands outside OverlayContext')
  return control
}
