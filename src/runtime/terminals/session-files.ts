import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endSession } from '../pty/end-session.ts'
import { readProcess } from '../pty/processes.ts'

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
  return readMark(ringPath + SUFFIX)?.session
}

/**
 * Removes what earlier runtimes have `left` in `folder`, but for the files of terminals that are taken up, and ends the
 * sessions that they could not end. Returns their number.
 */
export async function endEarlierRuns(
  folder: string,
  { left, isTaken }: { left: ReadonlySet<string>; isTaken: (name: string) => boolean },
): Promise<number> {
  const ended: Promise<unknown>[] = []
  for (const name of left) {
    const path = join(folder, name)
    if (name.endsWith(SUFFIX)) {
      const mark = readMark(path)
      if (mark && isSameSession(mark)) ended.push(endSession(mark.session))
    }
    if (/\.ring(\..*)?$/.test(name) && !isTaken(name)) rmSync(path, { force: true })
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

function readMark(path: string): SessionMark | undefined {
  try {
    return parseMark(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function parseMark(text: string): SessionMark | undefined {
  const match = /^\{"session":(\d+),"leaderStart":"(\d+)","containerStart":"(\d+)"\}$/.exec(text)
  const [, session, leaderStart, containerStart] = match ?? []
  if (session === undefined || leaderStart === undefined || containerStart === undefined) return undefined
  return { session: Number(session), leaderStart, containerStart }
}
