import type { Logger } from 'pino'
import { systemClock } from '../../client/clock.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import { AgentError } from '../agent-error.ts'
import type { Identity } from '../auth/identity.ts'
import type { WorkspaceDoor } from '../auth/workspace-door.ts'
import { dialRuntime } from '../terminals/dial-runtime.ts'
import type { Pace } from '../terminals/flood-pace.ts'
import { describeRefusal } from '../terminals/refusal.ts'
import { type RelayedFrames, relayFrames } from '../terminals/relay.ts'
import type { Joining } from '../terminals/terminal-gate.ts'

export interface UploadGate {
  /** Joins `client` to `workspace`, in the messages of `berth.upload.1`: one file. */
  join(workspace: string, client: Joining<RelayedFrames>): void
}

export interface UploadGateDeps {
  door: WorkspaceDoor
  log: Logger
}

const CHANNEL = { path: '/api/v1/uploads', protocol: UPLOAD_SUBPROTOCOL }

/** What comes back for a file is a few words. */
const UNPACED: Pace = { typed: () => undefined, carried: () => 0, leave: () => undefined }

/** Carries files from clients to the runtimes of workspaces; the runtime does all else. */
export function createUploadGate(deps: UploadGateDeps): UploadGate {
  return { join: (workspace, client) => void carry(deps, workspace, client) }
}

async function carry(
  deps: UploadGateDeps,
  workspace: string,
  { frames: client, identity }: Joining<RelayedFrames>,
): Promise<void> {
  try {
    const server = await reach(deps, workspace, identity)
    relayFrames({ client, server, brokenCode: CLOSE.failed, pace: UNPACED, clock: systemClock, ended: () => undefined })
  } catch (error) {
    const refusal = describeRefusal(error, deps.log)
    client.send(JSON.stringify(refusal))
    client.close(refusal.code === 'NOT_FOUND' ? CLOSE.notFound : CLOSE.failed, refusal.message)
  }
}

async function reach(deps: UploadGateDeps, workspace: string, identity: Identity): Promise<RelayedFrames> {
  const holder = await deps.door(identity).terminalHolder(workspace)
  if (holder.kind === 'nobody') {
    throw new AgentError('PRECONDITION_FAILED', `${workspace} is not running.`, { hint: 'Start it first.' })
  }
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
    throw new AgentError('ENGINE_ERROR', `The service in “${workspace}” did not answer.`, {
      hint: 'Restart the workspace if this does not pass.',
      cause: error,
    })
  }
}
