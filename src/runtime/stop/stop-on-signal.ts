import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Terminals } from '../../terminals/terminals.ts'
import type { EventFeed } from '../api/event-feed.ts'
import { describeError, type Log } from '../log.ts'
import type { Uploads } from '../uploads/uploads.ts'

/** How long the programs in terminals have to save what they hold when the runtime is asked to end. */
const STOP_GRACE_MS = 9_000
/** It ends then in any case: what is left cannot be ended by the user of the workspace. */
const STOP_TIMEOUT_MS = 12_000

/** Whoever is connected has so long to hear of the end. */
const GOODBYE_MS = 1_000

/** Ends the runtime on SIGTERM and SIGINT: the programs in its terminals first, which are watched to their end, then itself. */
export function stopOnSignal(deps: {
  server: Server
  terminals: Terminals
  uploads: Uploads
  events: EventFeed
  log: Log
}): void {
  const { server, terminals, uploads, events, log } = deps
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    log('info', 'stopping')
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    const allGone = new Promise<void>((resolve) => server.close(() => resolve()))
    events.close()
    Promise.all([terminals.close(STOP_GRACE_MS), uploads.close()])
      .then(() => Promise.race([allGone, delay(GOODBYE_MS)]))
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log('error', 'what goes on could not be ended', { error: describeError(error) })
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('SIGHUP', () => {
    // The engine's exec went away; the workspace goes on.
  })
  process.on('uncaughtException', (error) => {
    log('error', 'a failure was not expected', { error: describeError(error) })
  })
}
