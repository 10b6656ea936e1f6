import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

const MAX_FILE_BYTES = 5 * 1024 * 1024

/**
 * Writes lines to `agent.log` in `folder`, and keeps the file before it as `agent.1.log`. Synchronously: the output of a
 * utility process loses its end in a crash, and the end is what a crash is understood from. Lines that the disk does not take
 * are lost: an agent whose disk is full goes on, and says so where people look.
 */
export function openLogSink(folder: string, limits = { fileBytes: MAX_FILE_BYTES }): { write(line: string): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'agent.log')
  let descriptor = openSync(file, 'a', 0o600)
  let bytes = fstatSync(descriptor).size
  const turn = (): void => {
    // What could not be opened after a rename is opened the next time.
    attempt(() => renameSync(file, path.join(folder, 'agent.1.log')))
    const full = descriptor
    descriptor = openSync(file, 'a', 0o600)
    closeSync(full)
    bytes = fstatSync(descriptor).size
  }
  return {
    write: (line) => {
      if (bytes >= limits.fileBytes) attempt(turn)
      attempt(() => {
        bytes += writeSync(descriptor, line)
      })
    },
  }
}

function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // There is no other place to say so.
  }
}
