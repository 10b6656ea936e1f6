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
/** A worker that is just not there must not hold up the end of a command. */
const FORGET_MS = 3_000

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

/** Ends terminals that nobody will come back to, with all that runs in them; waits for that as long as is fitting. */
export async function forget(
  { worker, workspace }: Pick<ShellRequest, 'worker' | 'workspace'>,
  clients: readonly TerminalClient[],
): Promise<void> {
  const signal = AbortSignal.timeout(FORGET_MS)
  for (const client of clients) client.dispose()
  const ends = clients.map(({ id }) => worker.api.terminals.close({ workspace, terminal: id }, { signal }))
  // Gone already, or out of reach: then the worker forgets it in its own time.
  await Promise.allSettled(ends)
}
