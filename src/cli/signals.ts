import process from 'node:process'
import { CliFailure } from './cli-failure.ts'
import { exitCodeOfSignal } from './exit-codes.ts'

export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'
const END_SIGNALS: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Hears the signals that ask this program to end, in place of ending at once. Returns the way to stop. */
export function onEndSignal(heard: (signal: EndSignal) => void): () => void {
  for (const signal of END_SIGNALS) process.on(signal, heard)
  return () => {
    for (const signal of END_SIGNALS) process.off(signal, heard)
  }
}

/** Settles as `work` does; rejects with a `CliFailure` that says `told` when this program is asked to end before. */
export async function interruptible<Result>(
  work: Promise<Result>,
  told: { message: string; hint?: string },
): Promise<Result> {
  let stop: () => void = () => undefined
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop = onEndSignal((signal) => {
      reject(new CliFailure(told.message, { code: 'INTERRUPTED', hint: told.hint, exitCode: exitCodeOfSignal(signal) }))
    })
  })
  try {
    return await Promise.race([work, interrupted])
  } finally {
    stop()
  }
}
