import { type EndDeps, stopAsTyped } from '../lifetimes/ends.ts'
import type { LifetimeKeeper } from '../lifetimes/keeper.ts'
import type { WorkspaceService } from '../services.ts'
import { authorizeKey } from './authorize-key.ts'
import { createWorkspace } from './create.ts'
import { deleteWorkspace } from './delete.ts'
import { deletionReport } from './deletion-report.ts'
import { toInfo } from './entry.ts'
import { changeEnvironment, revealVariable, workspaceEnvironment } from './environment.ts'
import { isUnavailable } from './failures.ts'
import { followLogs } from './follow-logs.ts'
import {
  closeTerminal,
  execInWorkspace,
  listTerminals,
  renameTerminal,
  runtimeEndpoint,
  terminalHolder,
} from './inside.ts'
import { workspaceLogs } from './logs.ts'
import { rebuildWorkspace } from './rebuild.ts'
import { cancelCreation, retryWorkspace } from './retry.ts'
import { startWorkspace } from './start.ts'
import { restartWorkspace } from './stop.ts'
import { updateWorkspace } from './update.ts'

export interface ServiceDeps extends EndDeps {
  lifetimes: Pick<LifetimeKeeper, 'touch'>
}

/** The use cases behind one face. A call that the engine did not answer makes the link look whether it still lives. */
export function createWorkspaceService({ lifetimes, ...ends }: ServiceDeps): WorkspaceService {
  const { deps, deletions } = ends
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (isUnavailable(error)) deps.link.suspect()
      throw error
    }
  }
  return {
    list: () => deps.registry.all().map(toInfo),
    get: (name) => toInfo(deps.registry.get(name)),
    create: (input, asker = { mayBecomeRoot: false }) => watched(createWorkspace(deps, input, asker)),
    retry: (name) => watched(retryWorkspace(deps, name)),
    cancel: (name) => watched(cancelCreation(deps, deletions, name)),
    start: (name) => watched(startWorkspace(deps, name)),
    stop: (name) => watched(stopAsTyped(ends, name)),
    restart: (name) => watched(restartWorkspace(deps, name)),
    rebuild: (name) => watched(rebuildWorkspace(deps, name)),
    update: (input) => watched(updateWorkspace(deps, input)),
    touch: (name) => {
      const entry = deps.registry.get(name)
      lifetimes.touch(entry)
      return toInfo(entry)
    },
    delete: (name, { force }) => watched(deleteWorkspace(deps, deletions, { name, force })),
    // Async, so that an unknown name rejects and never throws.
    deletionReport: async (name) => await deletionReport(deps, name),
    followLogs: (name, tail, signal) => followLogs(deps, { name, tail }, signal),
    logs: (name, tail) => watched(workspaceLogs(deps, name, tail)),
    exec: (input, signal) => watched(execInWorkspace(deps, input, signal)),
    authorizeKey: (name, publicKey) => watched(authorizeKey(deps, name, publicKey)),
    environment: (name) => workspaceEnvironment(deps, name),
    changeEnvironment: (name, patch) => changeEnvironment(deps, { name, patch }),
    revealVariable: (name, key) => revealVariable(deps, name, key),
    terminals: (name) => watched(listTerminals(deps, name)),
    renameTerminal: (name, terminal, title) => watched(renameTerminal(deps, name, { terminal, title })),
    closeTerminal: (name, terminal) => watched(closeTerminal(deps, name, terminal)),
    runtimeEndpoint: (name) => watched(runtimeEndpoint(deps, name)),
    terminalHolder: (name) => watched(terminalHolder(deps, name)),
  }
}
