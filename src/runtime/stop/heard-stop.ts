import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * A runtime that has heard that its workspace stops catches this signal from then on, and the kernel shows that to whoever asks
 * (`SigCgt` of `/proc/<pid>/status`, proc(5)). It is there for no longer than the process, and nobody else can have left it.
 */
const HEARD = 'SIGUSR2'

/** Says that this runtime has heard of the stop: what ends from here on ends with its workspace. */
export function sayStopHeard(): void {
  process.on(HEARD, () => undefined)
}

/** Whether the runtime `pid` has heard that its workspace stops; so has one that is not there any more. */
export function hasHeardStop(pid: number): boolean {
  try {
    return catches(readFileSync(`/proc/${pid}/status`, 'latin1'), HEARD)
  } catch {
    return true
  }
}

/** Whether a process catches `signal`, as its `/proc/<pid>/status` has it: a mask of 64 bits, in hexadecimal digits. */
export function catches(status: string, signal: NodeJS.Signals): boolean {
  const mask = /^SigCgt:\s*([\da-f]+)$/im.exec(status)?.[1] ?? '0'
  return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n
}
