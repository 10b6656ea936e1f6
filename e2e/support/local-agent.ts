import net from 'node:net'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { createWorkerClient } from '../../src/client/create-worker-client.ts'
import { localSockets } from '../../src/client/frames/local-sockets.ts'
import { createWebSocketLink } from '../../src/client/links/web-socket-link.ts'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import type { Profile } from './profile.ts'

/** The agent of a profile, asked over its own socket as `ws` asks it. */
export function localAgent({ configDir }: Profile): WorkerClient {
  const open = localSockets({
    connect: () => net.connect(join(configDir, 'agent.sock')),
    create: (url, protocols, options) => new WebSocket(url, protocols, options),
  })
  return createWorkerClient({ link: createWebSocketLink({ open }), waitForLinkMs: 60_000 })
}
