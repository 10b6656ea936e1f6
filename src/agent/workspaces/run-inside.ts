import type { RuntimeExec } from '../../contract/runtime/api.ts'
import { type StreamedEnd, streamExec } from '../runtime/runtime-stream.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { subjectOf } from './subject.ts'

/** A running workspace, as far as something is to be run in it. */
export interface Inside {
  deps: Pick<WorkspaceDeps, 'runtimes' | 'templates'>
  entry: Entry
  /** Ends what is run. */
  signal: AbortSignal
}

/**
 * Runs a program (no shell) in a workspace as its user, waiting for its runtime, and takes its output while it runs.
 * Throws what `streamExec` throws.
 */
export async function runInside(
  { deps, entry, signal }: Inside,
  program: RuntimeExec,
  onOutput: (stream: 'stdout' | 'stderr', text: string) => void,
): Promise<StreamedEnd> {
  const endpoint = await deps.runtimes.endpoint(subjectOf(deps, entry))
  return await streamExec({ endpoint, program, signal, onOutput })
}

/** The exit code and the standard output of a program that is soon over. */
export async function askInside(
  inside: Inside,
  program: RuntimeExec,
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  const end = await runInside(inside, { timeoutSeconds: ASK_LIMIT_SECONDS, ...program }, (stream, text) => {
    said[stream] = (said[stream] + text).slice(0, KEPT_CHARACTERS)
  })
  if (end.kind === 'timeout') throw new Error(`${program.command[0] ?? ''} did not end.`)
  return { exitCode: end.exitCode, ...said }
}

const ASK_LIMIT_SECONDS = 60
const KEPT_CHARACTERS = 65_536
