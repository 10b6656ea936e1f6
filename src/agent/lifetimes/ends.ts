import type { WorkspaceInfo, WorkspaceNotice } from '../../contract/agent/workspace.ts'
import { beginDeletion, type Deletions } from '../workspaces/delete.ts'
import { reportOf } from '../workspaces/deletion-report.ts'
import type { WorkspaceDeps } from '../workspaces/deps.ts'
import { type Entry, toInfo } from '../workspaces/entry.ts'
import { stopWorkspace } from '../workspaces/stop.ts'
import { idleNotice, keptNotice } from './notices.ts'

/** What ends of workspaces stand on. */
export interface EndDeps {
  deps: WorkspaceDeps
  deletions: Deletions
}

/** How the end of a workspace went; `left`: somebody took it in hand at that very moment. */
export type End = 'deleted' | 'kept' | 'left'

const REPORT_LIMIT_MS = 30_000

/** Stops a workspace as its type says: a temporary one is deleted then, unless work would be lost. Throws `AgentError`. */
export async function stopAsTyped(ends: EndDeps, name: string): Promise<WorkspaceInfo> {
  const info = await stopWorkspace(ends.deps, name)
  const entry = ends.deps.registry.find(name)
  if (entry?.record.type !== 'temporary' || entry.record.id !== info.id) return info
  return (await deleteOrKeep(ends, { entry, why: 'stopped', isOver: () => true })) === 'deleted' ? info : toInfo(entry)
}

/** Stops a workspace that nobody has used for its time, and says so. Throws `AgentError`. */
export async function stopIdle(ends: EndDeps, entry: Entry): Promise<void> {
  await stopAsTyped(ends, entry.record.name)
  const { registry } = ends.deps
  const { type, idleStopSeconds } = entry.record
  if (registry.holds(entry) && type !== 'temporary') say(ends, entry, idleNotice(idleStopSeconds ?? 0))
}

/**
 * Ends a workspace whose time is over: stops it, then deletes it, unless work would be lost, or `isOver` (asked when it has
 * stopped) says that somebody has put its end off. Throws `AgentError`.
 */
export async function expire(ends: EndDeps, entry: Entry, isOver: () => boolean): Promise<End> {
  if (entry.life.container === 'running') await stopWorkspace(ends.deps, entry.record.name)
  return await deleteOrKeep(ends, { entry, why: 'expired', isOver })
}

interface Ending {
  entry: Entry
  why: 'stopped' | 'expired'
  isOver(): boolean
}

/**
 * Deletes a workspace that has stopped, where nothing would be lost. One that was started or taken in hand meanwhile is
 * left to whoever did that.
 */
async function deleteOrKeep(ends: EndDeps, { entry, why, isOver }: Ending): Promise<End> {
  const { deps, deletions } = ends
  const report = await reportOf(deps, entry, AbortSignal.timeout(REPORT_LIMIT_MS))
  const engine = await deps.link.require()
  const isInHand = entry.work !== undefined || entry.life.container === 'running' || deletions.has(entry)
  // Somebody may have said meanwhile that it is to stay.
  const isMeant = entry.record.type === (why === 'stopped' ? 'temporary' : 'agent') && isOver()
  if (isInHand || !isMeant || !deps.registry.holds(entry)) return 'left'
  if (report.clean) {
    await beginDeletion(deps, deletions, { entry, engine })
    return 'deleted'
  }
  say(ends, entry, keptNotice(why, report))
  return 'kept'
}

function say({ deps }: EndDeps, entry: Entry, notice: WorkspaceNotice): void {
  const { name } = entry.record
  deps.registry.note(entry, { record: { notice } })
  const message = `${name}: ${notice.message}`.slice(0, 300)
  deps.events.publish({ type: 'agent.warning', code: `workspace_${notice.code}`, message, workspace: name })
}
