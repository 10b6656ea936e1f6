import type { AgentEvent } from '../../contract/agent/events.ts'
import type { StepReport, WorkspaceInfo } from '../../contract/agent/workspace.ts'

/** The list after one event: sorted by name, untouched rows the same objects, the same array where nothing changed. */
export function applyEvent(list: readonly WorkspaceInfo[], event: AgentEvent): readonly WorkspaceInfo[] {
  switch (event.type) {
    case 'workspace.created':
    case 'workspace.changed':
      return withWorkspace(list, event.workspace)
    case 'workspace.step':
      return list.map((item) => (item.name === event.name ? withStep(item, event.step) : item))
    case 'workspace.deleted':
      return list.filter((item) => item.id !== event.workspaceId)
    case 'terminals.changed':
    case 'engine.changed':
    case 'credentials.changed':
    case 'settings.changed':
    case 'clients.changed':
    case 'agent.warning':
    case 'reset':
      return list
  }
}

/** Replaced by name: the name is the identity, and a new workspace may take the name of one that was deleted. */
export function withWorkspace(list: readonly WorkspaceInfo[], workspace: WorkspaceInfo): readonly WorkspaceInfo[] {
  const others = list.filter((item) => item.name !== workspace.name)
  return [...others, workspace].sort((one, other) => (one.name < other.name ? -1 : 1))
}

function withStep(workspace: WorkspaceInfo, step: StepReport): WorkspaceInfo {
  const steps = workspace.steps ?? []
  const known = steps.some((item) => item.name === step.name)
  return {
    ...workspace,
    steps: known ? steps.map((item) => (item.name === step.name ? step : item)) : [...steps, step],
  }
}
