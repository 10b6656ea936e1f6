import type { EnvironmentPatch } from '../../contract/agent/secret-value.ts'
import type { Environment } from '../../contract/names.ts'
import type { Secrets } from './secrets.ts'

/** The variables of single workspaces: in the store of secrets, and nowhere else on this computer. */
export interface EnvironmentStore {
  /** Empty for a workspace that has none. */
  of(workspaceId: string): Environment
  /** Settles when the change lasts. */
  change(workspaceId: string, patch: EnvironmentPatch): Promise<void>
  remove(workspaceId: string): Promise<void>
  /** Removes what belongs to no workspace. `isKnown` is asked of each just before it goes. */
  keepOnly(isKnown: (workspaceId: string) => boolean): Promise<void>
}

const PREFIX = 'workspace/'

export function environmentStore(secrets: Secrets): EnvironmentStore {
  const prefixOf = (workspaceId: string): string => `${PREFIX}${workspaceId}/`
  const of = (workspaceId: string): Environment => secrets.below(prefixOf(workspaceId))
  const remove = (workspaceId: string): Promise<void> => {
    const names = Object.keys(of(workspaceId))
    return secrets.apply(prefixOf(workspaceId), Object.fromEntries(names.map((name) => [name, null])))
  }
  return {
    of,
    change: (workspaceId, patch) => secrets.apply(prefixOf(workspaceId), patch),
    remove,
    keepOnly: async (isKnown) => {
      const ids = new Set(Object.keys(secrets.below(PREFIX)).map((name) => name.split('/')[0] ?? ''))
      for (const id of ids) if (!isKnown(id)) await remove(id)
    },
  }
}
