import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endSession } from '../pty/end-session.ts'
import { readProcess } from '../pty/processes.ts'
import { isHolderAlive } from './holder.ts'

const SUFFIX = '.session'

/** What tells a session from a later one with the same number. */
interface SessionMark {
  session: number
  leaderStart: string
  /** Start of the container's first process: numbers of an earlier run of the container mean nothing. */
  containerStart: string
}

/**
 * Notes, beside its history, which session a terminal's program began: a runtime that is killed cannot end it, and
 * programs in it may go on (a process of another terminal keeps this one's PTY open, as the native fork gives it on). Returns
 * the error where it could not be written: on a full disk a terminal is worth more than the note.
 */
export function noteSession(ringPath: string, session: number): unknown {
  const mark = markOf(session)
  try {
    if (mark) writeFileSync(ringPath + SUFFIX, JSON.stringify(mark), { mode: 0o600 })
    return undefined
  } catch (error) {
    return error
  }
}

export function forgetSession(ringPath: string): void {
  rmSync(ringPath + SUFFIX, { force: true })
}

/** The session of the terminal whose ring that is; nothing where it has ended. */
export function readSession(ringPath: string): number | undefined {
  try {
    return parseMark(readFileSync(ringPath + SUFFIX, 'utf8'))?.session
  } catch {
    return undefined
  }
}

/**
 * Removes what an earlier runtime left in `folder`, but for the files that are `kept` and those of runtimes that live, and
 * ends the sessions that it could not end. Returns their number.
 */
export async function endEarlierRuns(folder: string, kept: (name: string) => boolean): Promise<number> {
  const ended: Promise<unknown>[] = []
  for (const name of readdirSync(folder)) {
    if (isHolderAlive(name)) continue
    const path = join(folder, name)
    if (name.endsWith(SUFFIX)) {
      const mark = parseMark(readFileSync(path, 'utf8'))
      if (mark && isSameSession(mark)) ended.push(endSession(mark.session))
    }
    if (/\.ring(\..*)?$/.test(name) && !kept(name)) rmSync(path, { force: true })
  }
  await Promise.all(ended)
  return ended.length
}

function markOf(session: number): SessionMark | undefined {
  const leader = readProcess(session)
  const first = readProcess(1)
  return leader && first && { session, leaderStart: leader.startTime, containerStart: first.startTime }
}

/** A session outlives its leader, and its number is not given out again while it does. */
function isSameSession(mark: SessionMark): boolean {
  const leader = readProcess(mark.session)
  if (leader && leader.startTime !== mark.leaderStart) return false
  return readProcess(1)?.startTime === mark.containerStart
}

function parseMark(text: string): SessionMark | undefined {
  const match = /^\{"session":(\d+),"leaderStart":"(\d+)","containerStart":"(\d+)"\}$/.exec(text)
  const [, session, leaderStart, containerStart] = match ?? []
  if (session === undefined || leaderStart === undefined || containerStart === undefined) return undefined
  return { session: Number(session), leaderStart, containerStart }
}
