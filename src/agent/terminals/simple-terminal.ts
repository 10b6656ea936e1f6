import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { z } from 'zod'
import { systemClock } from '../../client/clock.ts'
import { LinkError } from '../../client/link-error.ts'
import { createTerminalClient } from '../../client/terminal/terminal-client.ts'
import type { TerminalClient, TerminalState } from '../../client/worker-client.ts'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { Columns, Rows } from '../../contract/terminal/terminal.ts'
import { AgentError } from '../agent-error.ts'
import { closeCodeOf } from './refusal.ts'
import type { DrainingFrames } from './socket-frames.ts'

/** The one text message of the simple protocol. */
const Resize = z.object({ type: z.literal('resize'), cols: Columns, rows: Rows })

/** Input that may wait for the terminal before the client is no longer read. */
const HELD_INPUT_BYTES = 1_048_576
const INVALID_PAYLOAD = 1007

export interface SimpleTerminalDeps {
  client: DrainingFrames
  workspace: string
  open(): Promise<FrameSocket>
  closeTerminal(terminal: string): Promise<void>
  ended(): void
  log: Logger
}

/**
 * The seed's terminal protocol: a new terminal that ends with its socket; binary in is its input, binary out its output,
 * text resizes it. Close codes as in the contract.
 */
export function serveSimpleTerminal(deps: SimpleTerminalDeps): void {
  const { client, workspace } = deps
  const id = randomUUID()
  const terminal = createTerminalClient(
    {
      workspace,
      terminal: id,
      create: {},
      cols: 80,
      rows: 24,
      onOutput: (bytes, parsed) => {
        client.send(bytes)
        void client.drained().then(parsed)
      },
      onState: (state) => endWith(client, state),
      onInputTaken: (held) => {
        if (held < HELD_INPUT_BYTES / 2) client.resume()
      },
    },
    { open: () => openOrRefuse(deps), clock: systemClock, random: Math.random, ended: () => undefined },
  )
  client.listen({
    message: (message) => take(message, { terminal, client }),
    closed: () => {
      deps.ended()
      endTerminal(terminal, deps)
    },
  })
}

function take(
  message: string | Uint8Array,
  { terminal, client }: { terminal: TerminalClient; client: DrainingFrames },
): void {
  if (typeof message !== 'string') {
    terminal.write(message)
    if (terminal.pendingInputBytes > HELD_INPUT_BYTES) client.pause()
    return
  }
  const resize = Resize.safeParse(parseJson(message))
  if (resize.success) terminal.resize(resize.data.cols, resize.data.rows)
  else client.close(INVALID_PAYLOAD, 'Text messages are {"type":"resize","cols","rows"}.')
}

/** A terminal of this protocol has no life beyond its socket, whatever state it is in when that closes. */
function endTerminal(terminal: TerminalClient, { closeTerminal, log }: SimpleTerminalDeps): void {
  const isOver = ['exited', 'stopped', 'failed'].includes(terminal.state.status)
  terminal.dispose()
  if (isOver) return
  closeTerminal(terminal.id).catch((error: unknown) => {
    const isGone = error instanceof AgentError && error.code === 'NOT_FOUND'
    if (!isGone) log.warn({ err: error }, 'a terminal of the simple protocol could not be ended')
  })
}

function endWith(client: DrainingFrames, state: TerminalState): void {
  if (state.status === 'exited') client.close(CLOSE.exited)
  if (state.status === 'stopped') client.close(CLOSE.stopped)
  if (state.status === 'failed') client.close(closeCodeOf(state.code), state.message)
}

/** What the agent refuses will be refused again: the terminal ends there. */
async function openOrRefuse({ open }: SimpleTerminalDeps): Promise<FrameSocket> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof AgentError) throw new SimpleRefusal(error)
    throw error
  }
}

class SimpleRefusal extends LinkError {
  override readonly code: string

  constructor(error: AgentError) {
    super('incompatible', error.message, { cause: error })
    this.code = error.code
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
