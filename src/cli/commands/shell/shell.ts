import { randomUUID } from 'node:crypto'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { CliFailure, usageFailure } from '../../cli-failure.ts'
import { isInteractive, type Streams } from '../../terminal-streams.ts'
import { chooseTerminal } from './choose-terminal.ts'
import type { DetachKeys } from './detach-keys.ts'
import { runInteractive } from './interactive.ts'
import { runPiped } from './piped.ts'

export interface ShellOptions {
  name: string
  /** Argv; empty: the login shell. */
  command: string[]
  /** A terminal that runs already: which one, or `true` for the one that is there or chosen; absent: a new one. */
  attach?: string | true
  /** Shows it without passing on what is typed. */
  readOnly?: boolean
  detachKeys: DetachKeys
}

/**
 * `ws shell`: a shell, or one program, in a workspace. With a person at both ends it is a terminal; else bytes go through
 * as they are. Resolves with the exit code of what ran.
 */
export async function openShell(
  worker: WorkerClient,
  { options, streams }: { options: ShellOptions; streams: Streams },
): Promise<number> {
  const { name, command, attach, readOnly = false, detachKeys } = options
  if (attach !== undefined && command.length > 0) {
    throw usageFailure('A terminal that runs already has its program.', 'Leave out --attach, or the program.')
  }
  if (attach !== undefined && !isInteractive(streams)) {
    throw usageFailure('A terminal that runs already can be shown on a terminal only.')
  }
  if (readOnly && attach === undefined) throw usageFailure('--read-only is for a terminal that runs already: --attach.')
  const { status } = await worker.api.workspaces.get({ name })
  if (status === 'stopped') {
    throw new CliFailure(`“${name}” is stopped.`, { code: 'CONFLICT', hint: `Start it first: ws start ${name}` })
  }
  const request = { worker, workspace: name, command, streams }
  if (!isInteractive(streams)) return runPiped(request)
  const interactive = { ...request, isReadOnly: readOnly, detachKeys }
  if (attach === undefined) return runInteractive({ ...interactive, terminal: randomUUID(), isNew: true })
  const wanted = { workspace: name, terminal: attach === true ? undefined : attach, streams }
  return runInteractive({ ...interactive, terminal: await chooseTerminal(worker, wanted), isNew: false })
}
