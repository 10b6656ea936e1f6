import { useEffect } from 'react'
import { useNavigation } from './navigation.ts'

type Target = { worker: string; workspace: string }

const listeners = new Set<(target: Target) => void>()

/** A person asks, from outside of the pages, for one to be opened: from a toast, say. */
export function askToOpen(target: Target): void {
  for (const listener of listeners) listener(target)
}

/** Goes where `askToOpen` says. */
export function useOpenRequests(): void {
  const { openWorkspace } = useNavigation()
  useEffect(() => {
    const go = ({ worker, workspace }: Target): void => openWorkspace(worker, workspace)
    listeners.add(go)
    return () => void listeners.delete(go)
  }, [openWorkspace])
}
