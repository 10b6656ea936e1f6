import { once } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { SocketFrames } from './socket-frames.ts'

/** More than two computers keep for each other on the way. */
const SCREEN_BYTES = 32 * 1_048_576

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('an end comes after all that was sent before it, however slowly the peer takes that', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const peer = new WebSocket(`ws://127.0.0.1:${port}`)
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
  await once(peer, 'open')
  const frames = new SocketFrames(await accepted)
  let received = 0
  peer.on('message', (bytes: Buffer) => {
    received += bytes.length
  })
  peer.pause()
  frames.send(new Uint8Array(SCREEN_BYTES))
  frames.close(CLOSE.stopped, 'stopped')
  await vi.advanceTimersByTimeAsync(9_000)
  peer.resume()
  const [code] = await once(peer, 'close')
  expect({ code, received }).toEqual({ code: CLOSE.stopped, received: SCREEN_BYTES })
  server.close()
})
