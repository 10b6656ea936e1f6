import type { Engine } from '../engine/engine.ts'
import type { EngineFollower } from '../engine/monitor.ts'
import type { EventLog } from '../services.ts'
import type { Deletions } from './delete.ts'
import type { WorkspaceDeps } from './deps.ts'
import { followEvent } from './follow.ts'
import { collectImages, noteOutdated } from './images.ts'
import { takeOverAllLimits } from './limits.ts'
import { reconcile } from './reconcile.ts'

export interface FollowerInput {
  /** Asked for when the first event comes: the link that tells events is itself one of these. */
  deps: () => WorkspaceDeps
  deletions: Deletions
  events: EventLog
}

/** Keeps workspaces true to the engine: reconciled when it is found, followed from then on. */
export function createFollower({ deps, deletions, events }: FollowerInput): EngineFollower {
  let connected: Engine | undefined
  let catchingUp: Promise<void> | undefined

  /** Something of ours appeared that is not known: looked at whole, once at a time. */
  const catchUp = (): void => {
    const engine = connected
    if (engine === undefined || catchingUp !== undefined) return
    catchingUp = reconcile(deps(), deletions, engine)
      .catch((error: unknown) => deps().log.warn({ err: error }, 'containers could not be looked at'))
      .finally(() => {
        catchingUp = undefined
      })
  }

  return {
    connected: async (engine) => {
      connected = engine
      const { images, network, delivery } = deps()
      images.forget()
      network.forget()
      delivery.forget()
      await reconcile(deps(), deletions, engine)
      // So that the first creation finds it there; what fails here fails there, with words.
      delivery
        .ensure(engine)
        .catch((error: unknown) => deps().log.warn({ err: error }, 'the runtime could not be brought'))
      takeOverAllLimits(deps(), engine).catch((error: unknown) =>
        deps().log.warn({ err: error }, 'limits are not known'),
      )
      noteOutdated(deps())
        .then(() => collectImages(deps(), engine))
        .catch((error: unknown) => deps().log.warn({ err: error }, 'templates could not be looked at'))
      network.ensure(engine).catch((error: unknown) => deps().log.warn({ err: error }, 'the network could not be made'))
    },
    event: (event) => followEvent(deps(), event, catchUp),
    changed: (state) => events.publish({ type: 'engine.changed', engine: state }),
  }
}
