import { createHash } from 'node:crypto'
import net from 'node:net'
import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { WebSocket } from 'ws'
import { localSockets } from '../../client/frames/local-sockets.ts'
import type { SocketLike } from '../../client/frames/web-socket-frames.ts'
import { configFolder } from '../../domain/config-folder.ts'

/** Where the agent of this person listens: a socket in its folder, or a named pipe that stands for it on Windows. */
export function localAgentSocket(): { folder: string; socketPath: string } {
  const folder = configFolder({ environment: process.env, platform: process.platform, home: homedir() })
  const absolute = path.resolve(folder)
  if (process.platform !== 'win32') return { folder, socketPath: path.join(absolute, 'agent.sock') }
  const digest = createHash('sha256').update(absolute.toLowerCase()).digest('hex').slice(0, 24)
  return { folder, socketPath: `\\\\.\\pipe\\berth-agent-${digest}` }
}

export type Listener = 'there' | 'none' | 'forbidden'

/** Whether somebody listens on `socketPath`, and whether this user may ask them. */
export function findListener(socketPath: string): Promise<Listener> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath)
    const settle = (found: Listener): void => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', () => settle('there'))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      settle(error.code === 'EACCES' || error.code === 'EPERM' ? 'forbidden' : 'none')
    })
  })
}

/** Opens WebSockets over `socketPath`. */
export function socketsOver(socketPath: string): (urlPath: string, protocols: string[]) => SocketLike {
  return localSockets({
    connect: () => net.connect(socketPath),
    create: (url, protocols, options) => new WebSocket(url, protocols, options),
  })
}
