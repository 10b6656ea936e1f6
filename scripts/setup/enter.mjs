import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { ensureDependencies } from './dependencies.mjs'
import { requireNode } from './node-version.mjs'
import { passSignals } from './pass-signals.mjs'
import { PINNED_NODE, PROJECT_FOLDER } from './project.mjs'

/**
 * Makes the dependencies what they must be, then runs `script` (a path inside `scripts/`) under the pinned Node with this
 * process's arguments and terminal, and ends as it ended. Everything until here runs on the Node that the user has.
 * @param {string} script
 */
export function continueUnderPinnedNode(script) {
  requireNode()
  ensureDependencies()
  const bin = path.join(PROJECT_FOLDER, 'node_modules/.bin')
  const child = spawn(PINNED_NODE, [path.join(PROJECT_FOLDER, 'scripts', script), ...process.argv.slice(2)], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` },
  })
  passSignals(child)
  child.once('error', (error) => {
    console.error(`The pinned Node could not be started: ${error.message}`)
    process.exit(1)
  })
  child.once('close', (code, signal) => {
    process.exit(code ?? 128 + os.constants.signals[signal ?? 'SIGTERM'])
  })
}
