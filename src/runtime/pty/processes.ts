import { readdirSync, readFileSync } from 'node:fs'

/** What `/proc/<pid>/stat` says of a process, as far as its end needs it (proc(5)). */
export interface ProcessEntry {
  pid: number
  parent: number
  group: number
  session: number
  /** Process group in the foreground of its terminal; -1 without one. */
  foreground: number
  /** Clock ticks after boot at which it started: with `pid` it names one process for good. */
  startTime: string
  isZombie: boolean
  /** It has or wants a processor right now: it does not wait for anything. */
  isRunning: boolean
}

/** Parses a line of `/proc/<pid>/stat`. The name in it may hold anything, spaces and brackets too. */
export function parseProcessStat(text: string): ProcessEntry | undefined {
  const nameEnd = text.lastIndexOf(')')
  const fields = text.slice(nameEnd + 2).split(' ')
  const [state, parent, group, session, , foreground] = fields
  const startTime = fields[19]
  if (nameEnd < 0 || startTime === undefined) return undefined
  return {
    pid: Number.parseInt(text, 10),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    foreground: Number(foreground),
    startTime,
    isZombie: state === 'Z' || state === 'X',
    isRunning: state === 'R',
  }
}

/** One process, or nothing when it has gone. */
export function readProcess(pid: number): ProcessEntry | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return undefined
  }
}

/** Every process of the workspace that has not ended. */
export function readProcesses(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    const entry = /^\d+$/.test(name) ? readProcess(Number(name)) : undefined
    return entry && !entry.isZombie ? [entry] : []
  })
}

/** The members of a session, and what descends from them in whatever session. */
export function sessionTree(processes: ProcessEntry[], session: number): ProcessEntry[] {
  const found = new Map<number, ProcessEntry>()
  let added = processes.filter((entry) => entry.session === session || entry.pid === session)
  while (added.length > 0) {
    for (const entry of added) found.set(entry.pid, entry)
    added = processes.filter((entry) => !found.has(entry.pid) && found.has(entry.parent))
  }
  return [...found.values()]
}
