import type { AgentEvent } from '../../contract/agent/events.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { type Identity, includesScope } from '../auth/identity.ts'
import { PROCEDURE_SCOPES } from './scopes.ts'

/** A workspace as `identity` may see it: what is written for its programs, who may run programs. */
export function shownWorkspace(identity: Identity, workspace: WorkspaceInfo): WorkspaceInfo {
  if (includesScope(identity.scope, PROCEDURE_SCOPES.workspaces.exec)) return workspace
  const { startScript: _hidden, ...shown } = workspace
  return shown
}

/** An event with what it tells of a workspace as `identity` may see that. */
export function shownEvent(identity: Identity, event: AgentEvent): AgentEvent {
  if (event.type !== 'workspace.created' && event.type !== 'workspace.changed') return event
  return { ...event, workspace: shownWorkspace(identity, event.workspace) }
}
