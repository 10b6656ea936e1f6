import { type ProcessEntry, readProcesses } from '../pty/processes.ts'

/**
 * Whether anything but the program that a terminal was opened with has that terminal: a command at a shell's prompt, in
 * terminals of ours, of SSH, of tmux; or the shell itself, that loops or is between two commands of a loop. What runs in the
 * background alone does not count.
 */
export function foregroundProgramRuns(processes: readonly ProcessEntry[] = readProcesses()): boolean {
  return processes.some(
    ({ pid, session, group, foreground, isRunning }) =>
      pid === session && foreground > 0 && (foreground !== group || isRunning),
  )
}
