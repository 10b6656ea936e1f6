import { request } from 'node:http'
import { HAND_OVER_PATH, MOST_OLDER_RUNTIMES } from '../../contract/runtime/hand-over.ts'
import { isHolderAlive } from '../terminals/holder.ts'
import { findSockets } from './socket.ts'

const LIMIT_MS = 5_000

/**
 * Asks the runtime at `port` to hand over. False where it says no, and where there are as many older ones as may be; where
 * it has nothing to say, it may have gone, and the port is worth another try.
 */
export async function askToHandOver(options: { port: number; token: string; stateFolder: string }): Promise<boolean> {
  const { port, token, stateFolder } = options
  if (findSockets(stateFolder).filter(isHolderAlive).length >= MOST_OLDER_RUNTIMES) return false
  const headers = { authorization: `Bearer ${token}` }
  const call = { host: '127.0.0.1', port, method: 'POST', path: HAND_OVER_PATH, headers } as const
  return await new Promise((resolve) => {
    const asked = request({ ...call, signal: AbortSignal.timeout(LIMIT_MS), agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 204)
    })
    asked.once('error', () => resolve(true))
    asked.end()
  })
}
