import { spawn } from 'node:child_process'
import { sandboxObstacle } from '../setup/electron.ts'
import { passSignals } from '../setup/pass-signals.mjs'
import { PROJECT_FOLDER, say } from '../setup/project.mjs'

/** A window that fails this soon never was one: a library is missing, or the display refuses. */
const STARTED_AFTER_MS = 5000

export type DesktopEnd = { kind: 'ended'; code: number } | { kind: 'did-not-start' }

/** Runs the built app until it is closed. Ctrl-C reaches it by the terminal; signals to this process are passed on. */
export async function runDesktop(electron: string): Promise<DesktopEnd> {
  const obstacle = await sandboxObstacle(electron)
  if (obstacle !== undefined) say(`${obstacle}, so the app is started with --no-sandbox.`)
  say('Opening Berth. Close its window, or press Ctrl-C here, to end it; workspaces keep running.')
  const args = [...(obstacle === undefined ? [] : ['--no-sandbox']), PROJECT_FOLDER]
  const child = spawn(electron, args, { cwd: PROJECT_FOLDER, stdio: 'inherit' })
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interrupted = true
    })
  }
  passSignals(child)
  const began = performance.now()
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve({ kind: 'did-not-start' })
    })
    child.once('exit', (code) => {
      const failedAtOnce = code !== 0 && performance.now() - began < STARTED_AFTER_MS
      resolve(failedAtOnce && !interrupted ? { kind: 'did-not-start' } : { kind: 'ended', code: code ?? 0 })
    })
  })
}
