import { setTimeout as delay } from 'node:timers/promises'
import type { Engine } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'

/** After a stream of the engine broke, before it is asked again. */
const RETRY_MS = 1000

export type FollowDeps = Pick<WorkspaceDeps, 'registry' | 'link' | 'events' | 'log'>

/** One run of a workspace's container. */
export interface ContainerRun {
  engine: Engine
  containerId: string
}

/**
 * Does `follow` in each run of a workspace's container, beginning with the one that is under way: it returns when the
 * container has stopped, and what it throws (a broken stream) is tried again. Resolves when the workspace is gone or `signal` aborts.
 */
export async function followRuns(
  deps: FollowDeps,
  { entry, signal }: { entry: Entry; signal: AbortSignal },
  follow: (run: ContainerRun) => Promise<void>,
): Promise<void> {
  for await (const _event of deps.events.subscribe(undefined, signal)) {
    if (!deps.registry.holds(entry)) return
    // Of one that is deleted nothing says any more that its container does not run.
    while (deps.registry.holds(entry) && entry.life.container === 'running' && !signal.aborted) {
      // Without an engine there is nothing to wait for but the event that says that there is one.
      const engine = await deps.link.require().catch(() => undefined)
      if (engine === undefined) break
      const isOver = await follow({ engine, containerId: entry.record.containerId }).then(
        () => true,
        (error: unknown) => {
          deps.log.debug({ err: error, workspace: entry.record.name }, 'a stream of the engine broke')
          return false
        },
      )
      if (isOver) break
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
