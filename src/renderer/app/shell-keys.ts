import { useEffect } from 'react'
import { claimOf } from '../commands/command-center.ts'
import { useCommandCenter, useKeyboard } from '../commands/context.ts'
import { showToast } from '../ui/toast-store.ts'
import { isDialogOpen, isInTerminal } from './focus.ts'

type ShellKeys = { onLeader: () => void; onWorkspace: (position: number) => void }

/** The one listener for chords. What a dialog or a menu is open for comes first; terminals let through what is Berth's. */
export function useShellKeys({ onLeader, onWorkspace }: ShellKeys): void {
  const center = useCommandCenter()
  const keyboard = useKeyboard()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isDialogOpen()) return
      const inTerminal = isInTerminal(event.target)
      const claim = claimOf(event, inTerminal ? 'terminal' : 'elsewhere', keyboard)
      // A paste by keys is the browser's own: it needs no permission, also over plain HTTP.
      if (claim === undefined || (claim.kind === 'command' && claim.id === 'paste')) return
      event.preventDefault()
      if (claim.kind === 'leader') onLeader()
      else if (claim.kind === 'workspace') onWorkspace(claim.position)
      else {
        const handler = center.handlerOf(claim.id)
        if (handler?.unavailable === undefined) handler?.run()
        else showToast({ kind: 'waiting', title: handler.unavailable })
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [center, keyboard, onLeader, onWorkspace])
}
