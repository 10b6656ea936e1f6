import type { Logger } from 'pino'
import { systemClock } from '../../client/clock.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { AgentError } from '../agent-error.ts'
import type { Identity } from '../auth/identity.ts'
import type { WorkspaceDoor } from '../auth/workspace-door.ts'
import { dialRuntime } from './dial-runtime.ts'
import { createFloodPace, type FloodPace } from './flood-pace.ts'
import { closeCodeOf, describeRefusal } from './refusal.ts'
import { type RelayedFrames, relayFrames } from './relay.ts'
import { serveSimpleTerminal } from './simple-terminal.ts'
import type { DrainingFrames } from './socket-frames.ts'

/** A connection, and who is at its end. */
export interface Joining<Frames> {
  frames: Frames
  identity: Identity
}

export interface TerminalGate {
  /** Terminals that are carried now. */
  readonly count: number
  /** Joins `client` to the terminals of `workspace`, in the messages of `berth.terminal.1`. */
  join(workspace: string, client: Joining<RelayedFrames>): void
  /** Gives `client` a new terminal of `workspace` in the simple protocol: bytes, and `resize` as text. */
  joinSimple(workspace: string, client: Joining<DrainingFrames>): void
}

export interface TerminalGateDeps {
  door: WorkspaceDoor
  log: Logger
}

/** Carries terminals between clients and the runtimes of workspaces. */
export function createTerminalGate(deps: TerminalGateDeps): TerminalGate {
  let count = 0
  const floodPace = createFloodPace({
    steadyMs: () => performance.now(),
    schedule: (look, ms) => void systemClock.schedule(look, ms),
  })
  const ended = (): void => {
    count -= 1
  }
  return {
    get count() {
      return count
    },
    join: (workspace, { frames: client, identity }) => {
      count += 1
      void carry({ ...deps, floodPace }, { workspace, client, identity, ended })
    },
    joinSimple: (workspace, { frames: client, identity }) => {
      count += 1
      serveSimpleTerminal({
        client,
        workspace,
        open: () => reach(deps, workspace, identity),
        closeTerminal: (terminal) => deps.door(identity).closeTerminal(workspace, terminal),
        ended,
        log: deps.log,
      })
    },
  }
}

interface Carried {
  workspace: string
  client: RelayedFrames
  identity: Identity
  ended(): void
}

async function carry(
  deps: TerminalGateDeps & { floodPace: FloodPace },
  { workspace, client, identity, ended }: Carried,
): Promise<void> {
  try {
    const server = await reach(deps, workspace, identity)
    const pace = deps.floodPace.join()
    relayFrames({ client, server, brokenCode: CLOSE.tryAgain, pace, clock: systemClock, ended: () => ended() })
  } catch (error) {
    const refusal = describeRefusal(error, deps.log)
    client.send(JSON.stringify(refusal))
    client.close(closeCodeOf(refusal.code), refusal.message)
    ended()
  }
}

async function reach(deps: TerminalGateDeps, workspace: string, identity: Identity): Promise<RelayedFrames> {
  const holder = await deps.door(identity).terminalHolder(workspace)
  if (holder.kind !== 'runtime') return holder.join()
  try {
    return await dialRuntime(holder.endpoint)
  } catch (error) {
    throw new AgentError('ENGINE_ERROR', `The service in “${workspace}” did not answer.`, {
      hint: 'Restart the workspace if this does not pass.',
      cause: error,
    })
  }
}
