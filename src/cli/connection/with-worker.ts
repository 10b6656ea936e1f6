import process from 'node:process'
import { createWorkerClient } from '../../client/create-worker-client.ts'
import { createWebSocketLink } from '../../client/links/web-socket-link.ts'
import type { WorkerClient } from '../../client/worker-client.ts'
import { findPlace } from '../../local-agent/place.ts'
import { agentSockets } from '../../local-agent/sockets.ts'
import { CliFailure } from '../cli-failure.ts'
import { agentFolder, findListener } from './agent-socket.ts'

/** Calls wait this long for an agent that is just starting again. */
const WAIT_FOR_LINK_MS = 15_000

/** Runs `work` with the agent of this computer. Throws `CliFailure` where none can be asked. */
export async function withWorker<Result>(work: (worker: WorkerClient) => Promise<Result>): Promise<Result> {
  const folder = agentFolder()
  const place = await findPlace(folder, process.platform)
  const listener = place === undefined ? 'none' : await findListener(place.path)
  if (place === undefined || listener === 'none') {
    throw new CliFailure(`No agent runs on ${folder}.`, {
      code: 'AGENT_UNAVAILABLE',
      hint: 'Start one with `ws --agent`, or open the Berth app.',
    })
  }
  if (listener === 'forbidden') {
    throw new CliFailure(`The agent on ${folder} belongs to another user.`, {
      code: 'FORBIDDEN',
      hint: 'Use `ws` as that user, or name a folder of your own with WS_CONFIG_DIR.',
    })
  }
  const link = createWebSocketLink({ open: agentSockets(place) })
  const worker = createWorkerClient({ link, waitForLinkMs: WAIT_FOR_LINK_MS })
  try {
    return await work(worker)
  } finally {
    worker.dispose()
  }
}
