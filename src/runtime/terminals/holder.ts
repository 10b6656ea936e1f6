import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readProcess } from '../pty/processes.ts'

/**
 * Names this process for good. What a runtime puts into the state folder for as long as it lives begins with it and `-` or
 * `.`, so that no other takes it for something that was left.
 */
export function ownMark(): string {
  return `${process.pid}-${readProcess(process.pid)?.startTime ?? ''}`
}

const MARK = /^((\d+)-(\d+))[-.]/

/** The mark of the runtime that put the file `name` into the state folder; nothing where that does not live. */
export function livingHolder(name: string): string | undefined {
  const [, mark, pid, startTime] = MARK.exec(name) ?? []
  const found = pid === undefined ? undefined : readProcess(Number(pid))
  return found !== undefined && !found.isZombie && found.startTime === startTime ? mark : undefined
}

/** Whether the runtime lives that put the file `name` into the state folder. */
export function isHolderAlive(name: string): boolean {
  return livingHolder(name) !== undefined
}

/**
 * Names of the files in the state folder that are of no living runtime. Each runtime is looked at once: of one that ends meanwhile,
 * all is left or nothing.
 */
export function leftFiles(stateFolder: string): ReadonlySet<string> {
  const living = new Map<string, boolean>()
  const isLeft = (name: string): boolean => {
    const mark = MARK.exec(name)?.[1]
    if (mark === undefined) return true
    const isLiving = living.get(mark) ?? isHolderAlive(name)
    living.set(mark, isLiving)
    return !isLiving
  }
  return new Set(readdirSync(stateFolder).filter(isLeft))
}

/** Name of the ring of a new terminal; the names of its other files begin with that. */
export function newRingName(): string {
  return `${ownMark()}-${randomUUID()}.ring`
}
