import { app, dialog } from 'electron'
import type { RotatingLog } from './rotating-log.ts'

/** A page that dies again within this time would die for ever: it is not loaded a second time. */
const REPEATED_CRASH_MS = 10_000

/**
 * Writes down what nobody caught. The main process ends after it, because its state is unknown then; workspaces and
 * their terminals run on. A page that crashed is loaded again.
 */
export function handleCrashes({ log, lastWords }: RotatingLog): void {
  process.on('uncaughtException', (error) => {
    lastWords(error, 'uncaught')
    dialog.showErrorBox(
      'Berth has to close',
      'It met an error that it cannot go on from. Your workspaces keep running.',
    )
    app.exit(1)
  })
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'unhandled rejection'))

  let lastCrashAt = Number.NEGATIVE_INFINITY
  app.on('render-process-gone', (_event, contents, details) => {
    if (details.reason === 'clean-exit') return
    log.error({ reason: details.reason, exitCode: details.exitCode }, 'a page crashed')
    const now = Date.now()
    if (now - lastCrashAt > REPEATED_CRASH_MS && !contents.isDestroyed()) contents.reload()
    lastCrashAt = now
  })
  app.on('child-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit')
      log.warn({ type: details.type, reason: details.reason }, 'a process of the app ended')
  })
}
