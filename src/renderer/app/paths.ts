/** The sections of a workspace that have a page. */
export const SECTIONS = ['terminals', 'stats', 'logs', 'settings'] as const
export type Section = (typeof SECTIONS)[number]

export const isSection = (text: string | undefined): text is Section => SECTIONS.some((section) => section === text)

export const HOME_PATH = '/'
export const NEW_PATH = '/new'
export const ADD_WORKER_PATH = '/add-worker'

/** The addresses that open a dialog over the page that one is on. */
export const isDialogPath = (pathname: string): boolean => pathname === NEW_PATH || pathname === ADD_WORKER_PATH

export const APPEARANCE_PATH = '/settings/appearance'

/** The pages of settings that a worker keeps. */
export const WORKER_PAGES = ['about', 'credentials', 'scripts', 'templates', 'worker', 'access'] as const
export type WorkerPage = (typeof WORKER_PAGES)[number]

/** Without a worker: of the one that is looked at. */
export function workerSettingsPath(page: WorkerPage, worker?: string): string {
  return `/settings/${page}${worker === undefined ? '' : `?worker=${encodeURIComponent(worker)}`}`
}

export const isSettingsPath = (pathname: string): boolean => pathname.startsWith('/settings/')

/** The start of a worker. */
export const workerPath = (worker: string): string => `/w/${encodeURIComponent(worker)}`

export function workspacePath(worker: string, workspace: string, section: Section = 'terminals'): string {
  return `${workerPath(worker)}/${encodeURIComponent(workspace)}/${section}`
}

/** What of a workspace an address leads to. */
export type WorkspaceRoute = { worker: string; workspace: string; section: Section }

const WORKER_PATH = /^\/w\/([^/]+)(?:\/|$)/

/** The worker of an address, its own or that of one of its workspaces; undefined where it leads elsewhere. */
export function parseWorkerPath(pathname: string): string | undefined {
  const [, worker] = WORKER_PATH.exec(pathname) ?? []
  try {
    return worker === undefined ? undefined : decodeURIComponent(worker)
  } catch {
    // A per cent sign that begins nothing: no address of ours.
    return undefined
  }
}

const WORKSPACE_PATH = /^\/w\/([^/]+)\/([^/]+)(?:\/([^/]*))?$/

/** The workspace of an address, or undefined where it leads elsewhere. */
export function parseWorkspacePath(pathname: string): WorkspaceRoute | undefined {
  const [, worker, workspace, section] = WORKSPACE_PATH.exec(pathname) ?? []
  if (worker === undefined || workspace === undefined) return undefined
  try {
    return {
      worker: decodeURIComponent(worker),
      workspace: decodeURIComponent(workspace),
      section: isSection(section) ? section : 'terminals',
    }
  } catch {
    // A per cent sign that begins nothing: no address of ours.
    return undefined
  }
}
