import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import type { Report } from '../terminals/report.ts'

/** The log grows to this size, is kept once more beside itself (`.1`), and begins anew: at most 1 MiB in all. */
const LOG_BYTES = 524_288

export type LogLevel = 'info' | 'warn' | 'error'

/** Writes one event. `fields` never hold a token, a value of the environment or terminal content. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void

/** A log of JSON lines in `path` (0600), bounded by rotation. Where it cannot be written lines are lost, never the program. */
export function openLog(path: string): Log {
  let fd: number
  let size: number
  try {
    fd = openSync(path, 'a', 0o600)
    size = fstatSync(fd).size
  } catch {
    return () => undefined
  }
  const rotate = (): void => {
    closeSync(fd)
    renameSync(path, `${path}.1`)
    fd = openSync(path, 'a', 0o600)
    size = 0
  }
  return (level, message, fields) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`
    try {
      if (size + line.length > LOG_BYTES) rotate()
      size += writeSync(fd, line)
    } catch {
      // There is nowhere left to say it.
    }
  }
}

/** The reports of terminals, as events of the log. */
export function reportTo(log: Log): Report {
  return (level, message, { error, ...details }) => {
    log(level, message, { ...details, ...(error !== undefined && { error: describeError(error) }) })
  }
}

/** What went wrong, as a line for the log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
