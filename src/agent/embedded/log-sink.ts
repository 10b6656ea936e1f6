import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'

const MAX_FILE_BYTES = 5 * 1024 * 1024

/**
 * Writes lines to `agent.log` in `folder`, and keeps the file before it as `agent.1.log`. Synchronously: the output of a
 * utility process loses its end in a crash, and the end is what a crash is understood from.
 */
export function openLogSink(folder: string, limits = { fileBytes: MAX_FILE_BYTES }): { write(line: string): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'agent.log')
  let descriptor = openSync(file, 'a', 0o600)
  let bytes = statSync(file).size
  return {
    write: (line) => {
      if (bytes >= limits.fileBytes) {
        closeSync(descriptor)
        renameSync(file, path.join(folder, 'agent.1.log'))
        descriptor = openSync(file, 'a', 0o600)
        bytes = 0
      }
      bytes += writeSync(descriptor, line)
    },
  }
}
