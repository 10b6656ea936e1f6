import { ORPCError } from '@orpc/client'
import { LinkError } from '../../../client/link-error.ts'
import type { TerminalClient, TerminalState, WorkerClient } from '../../../client/worker-client.ts'
import type { TerminalExit } from '../../../contract/terminal/terminal.ts'
import { CliFailure } from '../../cli-failure.ts'
import type { Streams } from '../../terminal-streams.ts'

export interface ShellRequest {
  worker: WorkerClient
  workspace: string
  /** Argv; empty: the login shell. */
  command: string[]
  streams: Streams
}

/** Input that may wait for the terminal before no more is read. */
export const HELD_INPUT_BYTES = 1_048_576
/** What is used of a worker to end terminals. */
interface Closing extends Pick<WorkerClient, 'retryNow'> {
  api: { terminals: Pick<WorkerClient['api']['terminals'], 'close'> }
}

/** A worker that is just not there must not hold up the end of a command for longer. */
const FORGET_MS = 10_000

/** The exit code that a shell gives to what ended so. */
export function exitCodeOf({ code, signal }: TerminalExit): number {
  return signal === undefined || signal === 0 ? code : 128 + signal
}

/** Why a terminal is over without an exit. */
export function failureOf(state: Extract<TerminalState, { status: 'failed' | 'stopped' }>): CliFailure {
  if (state.status === 'failed') return new CliFailure(state.message, { code: state.code, hint: state.hint })
  const hint = 'Start it, and open a new one.'
  return new CliFailure('The workspace was stopped, and its terminals with it.', { code: 'STOPPED', hint })
}

/**
 * Ends terminals that nobody will come back to, with all that runs in them; waits for that as long as is fitting. Resolves with
 * whether nothing is left of them.
 */
export async function forget(
  { worker, workspace }: { worker: Closing; workspace: string },
  clients: readonly Pick<TerminalClient, 'id' | 'dispose'>[],
): Promise<boolean> {
  const signal = AbortSignal.timeout(FORGET_MS)
  for (const client of clients) client.dispose()
  // The link for calls may still be waiting for its next attempt.
  worker.retryNow()
  const ends = clients.map(({ id }) => closed(worker, { workspace, terminal: id }, signal))
  return (await Promise.all(ends)).every((isGone) => isGone)
}

/** Asks again where the link broke under way: to end a terminal twice is to end it. */
async function closed(
  worker: Closing,
  terminal: { workspace: string; terminal: string },
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await worker.api.terminals.close(terminal, { signal })
      return true
    } catch (error) {
      if (error instanceof LinkError && error.reason === 'unreachable') continue
      return isGone(error)
    }
  }
  return false
}

/** It was not there any more, or its whole workspace does not run. */
function isGone(error: unknown): boolean {
  return error instanceof ORPCError && (error.code === 'NOT_FOUND' || error.code === 'PRECONDITION_FAILED')
}
