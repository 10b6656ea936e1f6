import { useCallback } from 'react'
import { tabsKey } from '../features/terminals/tab-store.ts'
import { tabStore } from '../features/terminals/tabs.ts'
import type { Worker } from '../worker/workers.ts'
import { useNavigation } from './navigation.ts'

/** Goes to a workspace that was just made here; its first terminal opens as soon as it can. */
export function useOpenCreated(worker: Worker): (name: string) => void {
  const { openWorkspace } = useNavigation()
  return useCallback(
    (name) => {
      tabStore.expectFirst(tabsKey(worker.id, name))
      openWorkspace(worker.id, name)
    },
    [worker.id, openWorkspace],
  )
}
