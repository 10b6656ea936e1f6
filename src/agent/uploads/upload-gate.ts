import type { Logger } from 'pino'
import { systemClock } from '../../client/clock.ts'
import { WorkspaceName } from '../../contract/names.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import { AgentError } from '../agent-error.ts'
import type { WorkspaceService } from '../services.ts'
import { dialRuntime } from '../terminals/dial-runtime.ts'
import type { Pace } from '../terminals/flood-pace.ts'
import { describeRefusal } from '../terminals/refusal.ts'
import { type RelayedFrames, relayFrames } from '../terminals/relay.ts'

export interface UploadGate {
  /** Joins `client` to `workspace`, in the messages of `berth.upload.1`: one file. */
  join(workspace: string, client: RelayedFrames): void
}

export interface UploadGateDeps {
  workspaces: Pick<WorkspaceService, 'terminalHolder'>
  log: Logger
}

const CHANNEL = { path: '/api/v1/uploads', protocol: UPLOAD_SUBPROTOCOL }

/** What comes back for a file is a few words. */
const UNPACED: Pace = { typed: () => undefined, carried: () => 0, leave: () => undefined }

/** Carries files from clients to the runtimes of workspaces; the runtime does all else. */
export function createUploadGate(deps: UploadGateDeps): UploadGate {
  return { join: (workspace, client) => void carry(deps, workspace, client) }
}

async function carry({ workspaces, log }: UploadGateDeps, workspace: string, client: RelayedFrames): Promise<void> {
  try {
    const server = await reach(workspaces, workspace)
    relayFrames({ client, server, brokenCode: CLOSE.failed, pace: UNPACED, clock: systemClock, ended: () => undefined })
  } catch (error) {
    const refusal = describeRefusal(error, log)
    client.send(JSON.stringify(refusal))
    client.close(refusal.code === 'NOT_FOUND' ? CLOSE.notFound : CLOSE.failed, refusal.message)
  }
}

async function reach(workspaces: UploadGateDeps['workspaces'], workspace: string): Promise<RelayedFrames> {
  const name = WorkspaceName.safeParse(workspace)
  if (!name.success) throw new AgentError('NOT_FOUND', 'There is no workspace of this name.')
  const holder = await workspaces.terminalHolder(name.data)
  if (holder.kind === 'agent') {
    throw new AgentError(
      'PRECONDITION_FAILED',
      'The image of this workspace cannot run the service that takes files in.',
      {
        hint: 'Use a template with glibc, or copy the file with docker cp.',
      },
    )
  }
  try {
    return await dialRuntime(holder.endpoint, CHANNEL)
  } catch (error) {
    throw new AgentError('ENGINE_ERROR', `The service in “${name.data}” did not answer.`, {
      hint: 'Restart the workspace if this does not pass.',
      cause: error,
    })
  }
}
