import { randomUUID } from 'node:crypto'
import { readProcess } from '../pty/processes.ts'

/**
 * Names this process for good. What a runtime puts into the state folder for as long as it lives begins with it and `-` or
 * `.`, so that no other takes it for something that was left.
 */
export function ownMark(): string {
  return `${process.pid}-${readProcess(process.pid)?.startTime ?? ''}`
}

/** The mark of the runtime that put the file `name` into the state folder; nothing where that does not live. */
export function livingHolder(name: string): string | undefined {
  const [, mark, pid, startTime] = /^((\d+)-(\d+))[-.]/.exec(name) ?? []
  const found = pid === undefined ? undefined : readProcess(Number(pid))
  return found !== undefined && !found.isZombie && found.startTime === startTime ? mark : undefined
}

/** Whether the runtime lives that put the file `name` into the state folder. */
export function isHolderAlive(name: string): boolean {
  return livingHolder(name) !== undefined
}

/** Name of the ring of a new terminal; the names of its other files begin with that. */
export function newRingName(): string {
  return `${ownMark()}-${randomUUID()}.ring`
}
