import { AgentError } from '../agent-error.ts'
import type { AgentConfig } from '../config/config.ts'
import type { WorkspaceService } from '../services.ts'
import { type Identity, includesScope } from './identity.ts'

/**
 * Who may become root on the worker: whoever runs programs in a workspace with privileged Docker inside can. Asked at its
 * creation, and by everything that runs programs in one that is there.
 */
export interface RootAccess {
  isFor(identity: Identity): boolean
  /** Throws `AgentError`: `FORBIDDEN` where programs in this workspace would give `identity` what it may not have, `NOT_FOUND`. */
  admit(identity: Identity, workspace: string): void
}

export interface RootAccessDeps {
  workspaces: Pick<WorkspaceService, 'get'>
  /** As it is in force now. */
  settings(): Pick<AgentConfig['settings'], 'privilegedDocker'>
}

export const ROOT_HINT =
  'Do it in the app or with ws on the worker’s own computer, or pair this client anew by a code of “ws agent pair --scope admin”. Its owner can allow it to every client: "settings": {"privilegedDocker": "operate"} in config.json.'

export function createRootAccess({ workspaces, settings }: RootAccessDeps): RootAccess {
  const isFor = ({ scope }: Identity): boolean => includesScope(scope, settings().privilegedDocker)
  return {
    isFor,
    admit: (identity, workspace) => {
      if (workspaces.get(workspace).docker !== 'privileged' || isFor(identity)) return
      const why = 'its privileged Docker inside makes them root on the worker.'
      throw new AgentError('FORBIDDEN', `This client may not run programs in ${workspace}: ${why}`, { hint: ROOT_HINT })
    },
  }
}
