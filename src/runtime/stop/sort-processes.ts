import { RUNTIME_MOUNT } from '../../contract/runtime/api.ts'
import type { ProcessEntry } from '../pty/processes.ts'

export interface NamedProcess extends ProcessEntry {
  /** Argv, as `/proc/<pid>/cmdline` shows it. */
  command: string[]
}

export interface SortedProcesses {
  /** The runtimes of this container: they hang up their terminals themselves. */
  runtimes: NamedProcess[]
  /** All that users run. */
  programs: NamedProcess[]
  /** Of the programs, those in a terminal that is no runtime's (of a tmux server, of `docker exec -t`). */
  inOtherTerminals: NamedProcess[]
}

/** What is to be ended before a container stops: all but its first process, what that was made to run, and `ownPid`. */
export function sortProcesses(processes: NamedProcess[], ownPid: number): SortedProcesses {
  const entry = findEntry(processes)
  const runtimes: NamedProcess[] = []
  const programs: NamedProcess[] = []
  for (const one of processes) {
    if (one.pid === 1 || one.pid === ownPid || one === entry) continue
    if (isRuntime(one.command)) runtimes.push(one)
    else programs.push(one)
  }
  const leaders = new Set(
    programs.filter(({ parent }) => runtimes.some(({ pid }) => pid === parent)).map(({ pid }) => pid),
  )
  const inOtherTerminals = programs.filter(({ foreground, session }) => foreground !== -1 && !leaders.has(session))
  return { runtimes, programs, inOtherTerminals }
}

/** The container's own program, which its init runs: as soon as it ends, the kernel kills the rest. */
function findEntry(processes: NamedProcess[]): NamedProcess | undefined {
  return processes
    .filter(({ parent, command }) => parent === 1 && command.join(' ') === 'sleep infinity')
    .sort((a, b) => Number(a.startTime) - Number(b.startTime) || a.pid - b.pid)[0]
}

function isRuntime(command: string[]): boolean {
  const [node = ''] = command
  const isOurNode = node.startsWith(`${RUNTIME_MOUNT}/`) && node.endsWith('/bin/node')
  return isOurNode && command.at(-1)?.endsWith('/runtime.cjs') === true
}
