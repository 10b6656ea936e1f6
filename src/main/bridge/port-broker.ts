import type { IpcMain, IpcMainEvent, MessagePortMain, WebContents } from 'electron'
import type { Logger } from 'pino'
import {
  type AgentPortRequest,
  EMBEDDED_WORKER_ID,
  PORT_MESSAGE,
  PortHandover,
  type PortRequest,
} from '../../contract/desktop/index.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { APP_ORIGIN } from '../protocol/app-origin.ts'
import type { WorkerRequest } from '../workers/remote/open-channel.ts'
import { UnknownWorker } from '../workers/worker-directory.ts'
import { isTrustedSender } from './trusted-sender.ts'

export interface BrokerDeps {
  ipc: IpcMain
  log: Logger
  /** Whether these are the contents of a window of ours. */
  isOurs: (contents: WebContents) => boolean
  /** Answers the calls of the desktop contract on `port`. */
  serveDesktop: (port: MessagePortMain) => void
  /** Joins `port` to the agent of this computer; closes it where there is none. */
  joinAgent: (request: AgentPortRequest, port: MessagePortMain) => void
  /** Joins `port` to a worker on another computer; closes it where it leads nowhere now. Throws `UnknownWorker`. */
  joinRemote: (request: WorkerRequest, port: MessagePortMain) => void
}

/** Joins each port that a screen hands over to what it asks for. A port that is refused is closed: its owner learns it. */
export function brokerPorts(deps: BrokerDeps): void {
  deps.ipc.on(PORT_MESSAGE, (event, message: unknown) => {
    const refusal = refusalOf(deps, event)
    const handover = PortHandover.safeParse(message)
    const [port, ...others] = event.ports
    if (refusal !== undefined || !handover.success || port === undefined || others.length > 0) {
      deps.log.warn({ refusal: refusal ?? 'malformed' }, 'refused a port')
      for (const each of event.ports) each.close()
      return
    }
    join(deps, handover.data.request, port)
  })
}

function refusalOf({ isOurs }: BrokerDeps, event: IpcMainEvent): string | undefined {
  if (!isOurs(event.sender)) return 'not a window of ours'
  return isTrustedSender(event.senderFrame, APP_ORIGIN) ? undefined : 'not the main frame of our page'
}

function join(deps: BrokerDeps, request: PortRequest, port: MessagePortMain): void {
  if (request.kind === 'desktop') {
    deps.serveDesktop(port)
    return
  }
  if (request.worker !== EMBEDDED_WORKER_ID) {
    joinRemote(deps, request, port)
    return
  }
  switch (request.kind) {
    case 'worker':
      deps.joinAgent({ kind: 'worker' }, port)
      return
    case 'terminal':
    case 'upload':
      deps.joinAgent({ kind: request.kind, workspace: request.workspace }, port)
      return
    default:
      assertNever(request)
  }
}

function joinRemote(deps: BrokerDeps, request: WorkerRequest, port: MessagePortMain): void {
  try {
    deps.joinRemote(request, port)
  } catch (error) {
    if (!(error instanceof UnknownWorker)) throw error
    deps.log.warn({ refusal: 'no such worker' }, 'refused a port')
    port.close()
  }
}
