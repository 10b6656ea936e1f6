import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { onEndSignal } from '../../signals.ts'
import { noOpenSsh } from './client-files.ts'
import { hostOptions } from './host-settings.ts'
import type { SshHost } from './reach.ts'

/** Hands this terminal to the system's ssh until that ends. Resolves with the exit code. */
export function openSsh({ alias, settings }: SshHost, command: readonly string[]): Promise<number> {
  // After "--" nothing that is to run in the workspace is taken for an option of ssh.
  const words = [...hostOptions(settings), alias, ...(command.length === 0 ? [] : ['--', ...command])]
  return new Promise((resolve, reject) => {
    const child = spawn('ssh', words, { stdio: 'inherit' })
    // It hears them as well, and says when it is over.
    const stopSignals = onEndSignal(() => undefined)
    child.once('error', (error) => {
      stopSignals()
      reject('code' in error && error.code === 'ENOENT' ? noOpenSsh('ssh') : error)
    })
    child.once('exit', (code, signal) => {
      stopSignals()
      resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal])
    })
  })
}
