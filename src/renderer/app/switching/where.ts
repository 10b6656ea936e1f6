import { useEffect, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { pageStorage } from '../../platform/page-storage.ts'
import { createStore } from '../../ui/store.ts'
import type { Worker } from '../../worker/workers.ts'
import { useBackground } from '../navigation.ts'
import { isSettingsPath, parseWorkerPath } from '../paths.ts'
import { useWorkerList } from '../worker-list.ts'
import { type Places, readPlaces, storePlaces, withPlace } from './places.ts'
import { isWalking } from './walk.ts'

const store = createStore<Places>(readPlaces(pageStorage))

export const currentPlaces = store.read

/** Remembers where the page is, for whoever comes back to its worker. */
export function useNotedPlace(): void {
  const { pathname } = useLocation()
  useEffect(() => notePlace(pathname), [pathname])
}

/** Notes an address as the last one of its worker; others are no places. */
export function notePlace(path: string): void {
  const worker = parseWorkerPath(path)
  if (worker === undefined) return
  store.set(withPlace(store.read(), { worker, path }, isWalking()))
  storePlaces(pageStorage, store.read())
}

/** The worker that is looked at: of the page, else of the last one that was of a worker, else the first. */
export function useCurrentWorker(): Worker | undefined {
  const location = useLocation()
  const background = useBackground()
  const places = useSyncExternalStore(store.subscribe, store.read)
  const workers = useWorkerList()
  const { pathname, search } = background ?? location
  const chosen = isSettingsPath(pathname) ? new URLSearchParams(search).get('worker') : parseWorkerPath(pathname)
  const find = (id: string | null | undefined) => workers.find(({ worker }) => worker.id === id)
  const last = places.find(({ worker }) => find(worker) !== undefined)
  return (find(chosen) ?? find(last?.worker) ?? workers[0])?.worker
}
