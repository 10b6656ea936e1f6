import { setTimeout as delay } from 'node:timers/promises'
import { type ProcessEntry, readProcess, readProcesses, sessionTree } from './processes.ts'

/** How long programs have to save what they hold between the first signal and SIGKILL, where nothing else is said. */
const GRACE_MS = 2_000
const LOOK_EVERY_MS = 20
/** After SIGKILL only the kernel's own waits (a dead disk) keep a process. */
const KILL_WAIT_MS = 2_000

export interface SessionEnd {
  /** Pids that are still there: they belong to another user (`sudo`), or hang in the kernel. */
  left: number[]
}

export interface EndOptions {
  first?: NodeJS.Signals
  graceMs?: number | undefined
  /** See `ProcessEntry.startTime`. */
  leaderStart?: string
}

/**
 * Ends a session with everything in it: those of its session id, in the background too, and their descendants that
 * began sessions of their own. `first` is sent, then SIGKILL after the grace time. Daemons that have let go of
 * their parent and their session (a tmux server) are not part of it. Where the leader's `leaderStart` is given and the number
 * is another process's by now, the session has long ended, and nothing is done.
 */
export async function endSession(
  session: number,
  { first = 'SIGHUP', graceMs = GRACE_MS, leaderStart }: EndOptions = {},
): Promise<SessionEnd> {
  const leader = leaderStart === undefined ? undefined : readProcess(session)
  if (leader !== undefined && leader.startTime !== leaderStart) return { left: [] }
  const members = new Map<number, ProcessEntry>()
  const look = (): ProcessEntry[] => {
    const found = sessionTree(readProcesses(), session)
    for (const entry of found) members.set(entry.pid, entry)
    return [...members.values()].filter(isThere)
  }
  let left = look()
  signalAll(left, first)
  // A stopped program acts on a signal only once it goes on.
  signalAll(left, 'SIGCONT')
  left = await watch(look, graceMs)
  if (left.length > 0) {
    left = await watch(() => {
      const rest = look()
      signalAll(rest, 'SIGKILL')
      return rest
    }, KILL_WAIT_MS)
  }
  return { left: left.map(({ pid }) => pid) }
}

async function watch(look: () => ProcessEntry[], timeoutMs: number): Promise<ProcessEntry[]> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const left = look()
    if (left.length === 0 || performance.now() > deadline) return left
    await delay(LOOK_EVERY_MS)
  }
}

function isThere(entry: ProcessEntry): boolean {
  const now = readProcess(entry.pid)
  return now !== undefined && !now.isZombie && now.startTime === entry.startTime
}

function signalAll(entries: ProcessEntry[], signal: NodeJS.Signals): void {
  for (const { pid } of entries) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has gone, or is another user's; what is left is reported.
    }
  }
}

/** Sends `signal` to what is in the foreground of the terminal that `leader` began. */
export function signalForeground(leader: number, signal: NodeJS.Signals): void {
  const foreground = readProcess(leader)?.foreground ?? -1
  try {
    process.kill(foreground > 0 ? -foreground : leader, signal)
  } catch {
    // It ended on its own.
  }
}
