/** What `ws` ends with, beside the exit codes of programs that it runs in a workspace. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 } as const

/** The exit code that a shell gives to what a signal ended: 130 for Ctrl-C. */
export function exitCodeOfSignal(signal: keyof typeof SIGNAL_NUMBERS): number {
  return 128 + SIGNAL_NUMBERS[signal]
}
