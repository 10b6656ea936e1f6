import net from 'node:net'
import { homedir } from 'node:os'
import process from 'node:process'
import { configFolder } from '../../domain/config-folder.ts'

/** The folder of this person's agent. */
export function agentFolder(): string {
  return configFolder({ environment: process.env, platform: process.platform, home: homedir() })
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
