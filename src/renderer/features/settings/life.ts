import type { UpdateWorkspace, WorkspaceInfo, WorkspaceType } from '../../../contract/agent/workspace.ts'

const DEFAULT_LIFE_SECONDS = 86_400

/** What stops a workspace by itself, and what ends it, as a form shows it. */
export type Life = { type: WorkspaceType; idleStopSeconds: number; ttlSeconds: number }

type Lived = Pick<WorkspaceInfo, 'type' | 'idleStopSeconds' | 'ttlSeconds'>
type Changes = Pick<UpdateWorkspace, 'type' | 'idleStopSeconds' | 'ttlSeconds'>

/** Filled in where the workspace has none, with what its worker would take. */
export function lifeOf({ type, idleStopSeconds = 0, ttlSeconds = DEFAULT_LIFE_SECONDS }: Lived): Life {
  return { type, idleStopSeconds, ttlSeconds }
}

/** What differs from the workspace. A time to live is only that of an `agent`; who becomes one gets the time that was shown. */
export function changedLife(life: Life, workspace: Lived): Changes {
  const current = lifeOf(workspace)
  const isOther = life.type !== current.type
  const hasOtherTime = life.type === 'agent' && (isOther || life.ttlSeconds !== current.ttlSeconds)
  return {
    ...(isOther ? { type: life.type } : {}),
    ...(hasOtherTime ? { ttlSeconds: life.ttlSeconds } : {}),
    ...(life.idleStopSeconds === current.idleStopSeconds ? {} : { idleStopSeconds: life.idleStopSeconds }),
  }
}
