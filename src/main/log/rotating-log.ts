import { mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'

const MAX_FILE_BYTES = 5 * 1024 * 1024
/** `main.log`, `main.1.log`, `main.2.log`: the newest first. */
const KEPT_FILES = 3

export interface RotatingLog {
  log: Logger
  /** Writes an error now, synchronously: what this process says last. */
  lastWords: (error: unknown, message: string) => void
}

/**
 * A log of JSON lines in `folder`, for people who look for a fault; at most about 15 MiB in all. Values under keys that
 * hold secrets are left out. Writes do not block; turning the file over happens between two of them.
 */
export function openRotatingLog(folder: string, limits = { fileBytes: MAX_FILE_BYTES }): RotatingLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'main.log')
  let descriptor = openSync(file, 'a', 0o600)
  let sink = openSink(descriptor)
  let bytes = statSync(file).size
  let isTurning = false

  const turn = async (): Promise<void> => {
    for (let age = KEPT_FILES - 1; age > 0; age -= 1) {
      const from = age === 1 ? file : join(folder, `main.${age - 1}.log`)
      await rename(from, join(folder, `main.${age}.log`)).catch(ignoreAbsent)
    }
    sink.end()
    descriptor = openSync(file, 'a', 0o600)
    sink = openSink(descriptor)
    bytes = 0
  }
  let isLast = false
  const write = (line: string): void => {
    if (isLast) {
      writeNow(descriptor, line)
      return
    }
    sink.write(line)
    bytes += Buffer.byteLength(line)
    if (bytes < limits.fileBytes || isTurning) return
    isTurning = true
    // Where it cannot be turned over, it goes on in its file: there is no other place to say so.
    void turn()
      .catch(() => undefined)
      .finally(() => {
        isTurning = false
      })
  }
  const log = pino({ base: { pid: process.pid }, redact: { paths: SECRET_KEYS, censor: '[left out]' } }, { write })
  const lastWords = (error: unknown, message: string): void => {
    isLast = true
    log.fatal({ err: error }, message)
    isLast = false
  }
  return { log, lastWords }
}

/** Once: a stream that is flushed synchronously tries a full disk for ever. */
function writeNow(descriptor: number, line: string): void {
  try {
    writeSync(descriptor, line)
  } catch {
    // The disk does not take it, and the crash is told elsewhere too.
  }
}

function openSink(descriptor: number): ReturnType<typeof destination> {
  const sink = destination({ fd: descriptor, sync: false })
  // A full disk costs lines, not the app.
  sink.on('error', () => undefined)
  return sink
}

const SECRET_KEYS = ['token', 'code', 'secret', 'password', 'env'].flatMap((key) => [`*.${key}`])

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
