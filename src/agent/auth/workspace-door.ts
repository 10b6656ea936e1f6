import { WorkspaceName } from '../../contract/names.ts'
import { AgentError } from '../agent-error.ts'
import type { WorkspaceService } from '../services.ts'
import type { Identity } from './identity.ts'
import type { RootAccess } from './root-access.ts'

/** The workspaces as one caller may use them. Its scope has been looked at by who asks. */
export interface AdmittedWorkspaces extends Omit<WorkspaceService, 'create' | 'runtimeEndpoint'> {
  create(input: Parameters<WorkspaceService['create']>[0]): ReturnType<WorkspaceService['create']>
}

/** The one way to the workspaces for all faces of the agent. */
export type WorkspaceDoor = (identity: Identity) => AdmittedWorkspaces

export interface WorkspaceDoorDeps {
  workspaces: WorkspaceService
  rootAccess: RootAccess
}

/**
 * Every way to the workspaces, behind the question who may become root on the worker: what runs programs in a workspace goes
 * through `inside`. A way that is not listed here does not compile.
 */
export function createWorkspaceDoor({ workspaces, rootAccess }: WorkspaceDoorDeps): WorkspaceDoor {
  return (identity) => {
    const inside = (name: string): WorkspaceService => {
      // Names of sockets come as somebody wrote them.
      if (!WorkspaceName.safeParse(name).success) {
        throw new AgentError('NOT_FOUND', 'There is no workspace of this name.')
      }
      rootAccess.admit(identity, name)
      return workspaces
    }
    return {
      exec: async (input, signal) => await inside(input.name).exec(input, signal),
      // A file that is brought is run too: `.bashrc`, a hook of git.
      terminalHolder: async (name) => await inside(name).terminalHolder(name),
      authorizeKey: async (name, publicKey) => await inside(name).authorizeKey(name, publicKey),
      // Variables can have programs run others: PATH, LD_PRELOAD.
      changeEnvironment: async (name, patch) => await inside(name).changeEnvironment(name, patch),
      update: async (input) => {
        const runsPrograms = input.startScript !== undefined
        return await (runsPrograms ? inside(input.name) : workspaces).update(input)
      },
      create: (input) => workspaces.create(input, { mayBecomeRoot: rootAccess.isFor(identity) }),
      list: () => workspaces.list(),
      get: (name) => workspaces.get(name),
      retry: (name) => workspaces.retry(name),
      cancel: (name) => workspaces.cancel(name),
      start: (name) => workspaces.start(name),
      stop: (name) => workspaces.stop(name),
      restart: (name) => workspaces.restart(name),
      rebuild: (name) => workspaces.rebuild(name),
      touch: (name) => workspaces.touch(name),
      delete: (name, options) => workspaces.delete(name, options),
      deletionReport: (name) => workspaces.deletionReport(name),
      logs: (name, tail) => workspaces.logs(name, tail),
      followLogs: (name, tail, signal) => workspaces.followLogs(name, tail, signal),
      environment: (name) => workspaces.environment(name),
      revealVariable: (name, key) => workspaces.revealVariable(name, key),
      terminals: (name) => workspaces.terminals(name),
      renameTerminal: (name, terminal, title) => workspaces.renameTerminal(name, terminal, title),
      closeTerminal: (name, terminal) => workspaces.closeTerminal(name, terminal),
    }
  }
}
