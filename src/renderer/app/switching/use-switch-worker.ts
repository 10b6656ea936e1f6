import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { useCommand } from '../../commands/context.ts'
import { strings } from '../../strings/index.ts'
import { useNavigation } from '../navigation.ts'
import { parseWorkspacePath, workerPath } from '../paths.ts'
import { type ListedWorker, useWorkerList } from '../worker-list.ts'
import { switchOrder } from './places.ts'
import { nextOfWalk, onWalkEnd } from './walk.ts'
import { currentPlaces, notePlace, useCurrentWorker } from './where.ts'

/** A press, and the switch that it led to, as they are found among the page's performance entries. */
const PRESSED = 'berth:switch-worker:pressed'
const SWITCHED = 'berth:switch-worker'

/** Carries out the switch to another worker: to where somebody was there last, with the keyboard in its terminal. */
export function useSwitchWorker(): void {
  const workers = useWorkerList()
  const current = useCurrentWorker()
  const goToWorker = useGoToWorker()
  const { pathname } = useLocation()
  useEffect(() => onWalkEnd(() => notePlace(pathname)), [pathname])
  useEffect(measureSwitch, [pathname])

  const go = (): void => {
    const ids = workers.map(({ worker }) => worker.id)
    const next = nextOfWalk(() => switchOrder(currentPlaces(), ids, current?.id ?? ''))
    const target = workers.find(({ worker }) => worker.id === next)
    if (target === undefined) return
    performance.mark(PRESSED)
    goToWorker(target)
  }
  useCommand('switch-worker', go, workers.length < 2 ? strings.workers.noOther : undefined)
}

/** Goes to where somebody was last on a worker, or to its start where that is not there any more. */
export function useGoToWorker(): (listed: ListedWorker) => void {
  const { openPath } = useNavigation()
  return ({ worker, workspaces }) => {
    const path = currentPlaces().find((place) => place.worker === worker.id)?.path
    const workspace = path === undefined ? undefined : parseWorkspacePath(path)?.workspace
    const isGone = workspace !== undefined && workspaces?.some(({ name }) => name === workspace) === false
    openPath(path === undefined || isGone ? workerPath(worker.id) : path)
  }
}

/** From the press to the frame that shows the other worker. */
function measureSwitch(): () => void {
  const frame = requestAnimationFrame(() => {
    if (performance.getEntriesByName(PRESSED).length === 0) return
    performance.measure(SWITCHED, PRESSED)
    performance.clearMarks(PRESSED)
  })
  return () => cancelAnimationFrame(frame)
}
