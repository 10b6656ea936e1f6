import type { Engine } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { noteContainer, noteVanished } from './note-container.ts'

type LookDeps = Pick<WorkspaceDeps, 'registry' | 'link' | 'runtimes' | 'scripts' | 'templates' | 'log'>

/** Entries that are looked at once their work has ended. */
const awaited = new WeakSet<Entry>()

/**
 * What the engine told of a container while somebody worked on its workspace was not taken in: that work knows better than
 * events that come late. When it has ended, the engine is asked once what is true now.
 */
export function lookAfterwards(deps: LookDeps, entry: Entry): void {
  const { work } = entry
  if (work === undefined || awaited.has(entry)) return
  awaited.add(entry)
  void work.ended.then(async () => {
    awaited.delete(entry)
    // Whoever has begun meanwhile is followed by events of its own.
    if (entry.work === undefined) await lookAtContainer(deps, entry, { isWanted: () => entry.work === undefined })
  })
}

/**
 * Takes in whether the container of a workspace runs, is stopped, or is gone. What is found counts where `isWanted` still
 * holds then. The engine that answers is waited for, unless the caller has it. Never rejects: one that does not answer says
 * nothing.
 */
export async function lookAtContainer(
  deps: LookDeps,
  entry: Entry,
  { isWanted, engine: answering }: { isWanted: () => boolean; engine?: Engine },
): Promise<void> {
  const { containerId, name } = entry.record
  if (containerId === '') return
  try {
    const engine = answering ?? (await deps.link.require())
    const found = await engine.containers.inspect(containerId)
    if (!isWanted() || !deps.registry.holds(entry) || entry.record.containerId !== containerId) return
    if (entry.record.intent === 'delete') return
    if (found === undefined) noteVanished(deps, entry)
    else if (found.isRunning !== (entry.life.container === 'running')) noteContainer(deps, entry, found)
  } catch (error) {
    deps.log.warn({ err: error, workspace: name }, 'a container could not be looked at')
  }
}
