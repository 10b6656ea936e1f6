import { createContext, useContext, useMemo } from 'react'
import { type Location, useLocation, useNavigate } from 'react-router'
import {
  ADD_WORKER_PATH,
  APPEARANCE_PATH,
  HOME_PATH,
  NEW_PATH,
  parseWorkspacePath,
  type Section,
  type WorkerPage,
  type WorkspaceRoute,
  workerPath,
  workerSettingsPath,
  workspacePath,
} from './paths.ts'

/** The page that lies under the dialog of `/new`; without it, the dialog was opened by its address. */
export const BackgroundContext = createContext<Location | undefined>(undefined)

export const useBackground = (): Location | undefined => useContext(BackgroundContext)

/** Where one can go. Going never changes what is connected. */
export function useNavigation() {
  const navigate = useNavigate()
  const location = useLocation()
  const background = useBackground()
  return useMemo(() => {
    const go = (path: string): void => void navigate(path)
    return {
      openWorkspace: (worker: string, workspace: string, section?: Section) =>
        go(workspacePath(worker, workspace, section)),
      /** `worker`: where the workspace shall be made, where that is settled. */
      openCreate: (name?: string, worker?: string) =>
        void navigate(NEW_PATH, { state: { background: background ?? location, name, worker } }),
      /** `request`: what a link asks to fill in. */
      openAddWorker: (request?: { host: string; code?: string | undefined }) =>
        void navigate(ADD_WORKER_PATH, { state: { background: background ?? location, request } }),
      /** Opens the dialog over the start page: what lay under it is gone. */
      openCreateAnew: (name: string) => void navigate(NEW_PATH, { state: { name } }),
      openAppearance: () => go(APPEARANCE_PATH),
      openWorkerSettings: (page: WorkerPage, worker?: string) => go(workerSettingsPath(page, worker)),
      openHome: () => go(HOME_PATH),
      openWorker: (worker: string) => go(workerPath(worker)),
      /** An address of this app that was kept. */
      openPath: go,
      /** Leaves a page whose subject is gone; a dialog over it stays, with what was typed into it. */
      leaveGone: () => (background === undefined ? go(HOME_PATH) : void navigate(NEW_PATH, { replace: true })),
      back: () => void navigate(-1),
      forward: () => void navigate(1),
      /** Leaves the dialog for the page under it. */
      leaveDialog: () =>
        void navigate(background === undefined ? HOME_PATH : `${background.pathname}${background.search}`),
    }
  }, [navigate, location, background])
}

/** The workspace that is looked at: of the page, also while a dialog lies over it. */
export function useWorkspaceRoute(): WorkspaceRoute | undefined {
  const location = useLocation()
  const background = useBackground()
  return parseWorkspacePath((background ?? location).pathname)
}
