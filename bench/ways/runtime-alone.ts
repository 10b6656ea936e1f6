import type Docker from 'dockerode'
import { WebSocket } from 'ws'
import { systemClock } from '../../src/client/clock.ts'
import { WebSocketFrames, whenOpen } from '../../src/client/frames/web-socket-frames.ts'
import { createTerminalClient } from '../../src/client/terminal/terminal-client.ts'
import { RUNTIME_PORT } from '../../src/contract/runtime/api.ts'
import { TERMINAL_SUBPROTOCOL } from '../../src/contract/terminal/limits.ts'
import { berthShell } from '../berth/berth-shell.ts'
import type { OpenShell } from '../shell.ts'

/**
 * Berth's terminals without the agent between: straight to the runtime in the container. What lies between this and Berth's own
 * figure is the agent's part; what lies between this and the peer's is the runtime's.
 */
export async function runtimeAlone(
  docker: Docker,
  { container, workspace, token }: { container: string; workspace: string; token: string },
): Promise<OpenShell> {
  const { NetworkSettings } = await docker.getContainer(container).inspect()
  const address = Object.values(NetworkSettings.Networks)[0]?.IPAddress
  if (address === undefined || address === '') throw new Error('The container has no address.')
  const open = async (signal: AbortSignal): Promise<WebSocketFrames> => {
    const socket = new WebSocket(`ws://${address}:${RUNTIME_PORT}/api/v1/terminals`, TERMINAL_SUBPROTOCOL, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    })
    socket.binaryType = 'arraybuffer'
    const frames = new WebSocketFrames(socket)
    await whenOpen(frames, signal)
    return frames
  }
  const deps = { open, clock: systemClock, random: Math.random, ended: () => undefined }
  return berthShell({ openTerminal: (terminal) => createTerminalClient(terminal, deps) }, workspace)
}
