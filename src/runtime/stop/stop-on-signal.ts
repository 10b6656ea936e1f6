import type { Terminals } from '../../terminals/terminals.ts'
import { describeError, type Log } from '../log.ts'
import type { HandOver } from '../older/hand-over.ts'
import type { OlderRuntimes } from '../older/older-runtimes.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { sayStopHeard } from './heard-stop.ts'

/** How long the programs in terminals have to save what they hold when the runtime is asked to end. */
const STOP_GRACE_MS = 9_000
/** It ends then in any case: what is left cannot be ended by the user of the workspace. */
const STOP_TIMEOUT_MS = 12_000

/**
 * Ends the runtime on SIGTERM and SIGINT: the programs in its terminals first, which are watched to their end, then itself.
 * Older runtimes are asked to end by whoever stops the workspace; it waits for them, for clients hear of their terminals through it.
 */
export function stopOnSignal(deps: {
  handOver: HandOver
  older: OlderRuntimes
  terminals: Terminals
  uploads: Uploads
  log: Log
}): void {
  const { handOver, older, terminals, uploads, log } = deps
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    log('info', 'stopping')
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    const work = Promise.all([terminals.close(STOP_GRACE_MS), uploads.close(), older.ended()])
    // Only now: each terminal knows of it.
    sayStopHeard()
    handOver.closeDoors(work).then(
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
