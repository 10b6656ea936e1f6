import { createWorkerClient } from '../../src/client/create-worker-client.ts'
import { createWebSocketLink } from '../../src/client/links/web-socket-link.ts'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { socketOf } from '../../src/local-agent/place.ts'
import { agentSockets } from '../../src/local-agent/sockets.ts'
import type { Profile } from './profile.ts'

/** The agent of a profile, asked over its own socket as `ws` asks it. */
export function localAgent({ configDir }: Profile): WorkerClient {
  const link = createWebSocketLink({ open: agentSockets(socketOf(configDir)) })
  return createWorkerClient({ link, waitForLinkMs: 60_000 })
}
