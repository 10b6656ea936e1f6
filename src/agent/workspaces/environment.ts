import type { EnvironmentPatch, MaskedEnvironment } from '../../contract/agent/secret-value.ts'
import { AgentError } from '../agent-error.ts'
import { maskEnvironment, refuseTooMany, revealed, storing } from '../credentials/credentials.ts'
import type { WorkspaceDeps } from './deps.ts'

/** The variables of one workspace, masked. Throws `AgentError` `NOT_FOUND`. */
export function workspaceEnvironment(deps: WorkspaceDeps, name: string): MaskedEnvironment {
  return maskEnvironment(deps.environments.of(deps.registry.get(name).record.id))
}

/** The value of one variable. Throws `AgentError` `NOT_FOUND`. */
export function revealVariable(deps: WorkspaceDeps, name: string, key: string): string {
  return revealed(deps.environments.of(deps.registry.get(name).record.id), key)
}

/** Changes the variables of one workspace; where it runs, what is started in it from now on has them. Throws `AgentError`. */
export async function changeEnvironment(
  deps: WorkspaceDeps,
  { name, patch }: { name: string; patch: EnvironmentPatch },
): Promise<MaskedEnvironment> {
  const entry = deps.registry.get(name)
  const { id, intent } = entry.record
  if (intent === 'delete') throw new AgentError('CONFLICT', `${name} is being deleted.`)
  refuseTooMany(deps.environments.of(id), patch)
  await storing(deps.environments.change(id, patch))
  // Deleted meanwhile: nothing may stay of it.
  if (!deps.registry.holds(entry)) {
    await deps.environments.remove(id)
    throw new AgentError('NOT_FOUND', `${name} was deleted.`)
  }
  deps.events.publish({ type: 'credentials.changed', workspace: name })
  await deps.credentialDelivery.bringToRunning(id)
  return maskEnvironment(deps.environments.of(id))
}
