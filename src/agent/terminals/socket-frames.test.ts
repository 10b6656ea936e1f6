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

interface Ends {
  frames: SocketFrames
  peer: WebSocket
  server: WebSocketServer
}

async function connected(options?: { autoPong: boolean }): Promise<Ends> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const peer = new WebSocket(`ws://127.0.0.1:${port}`, options)
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
  await once(peer, 'open')
  return { frames: new SocketFrames(await accepted), peer, server }
}

it('an end comes after all that was sent before it, however slowly the peer takes that', async () => {
  const { frames, peer, server } = await connected()
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

it('an end that nothing is owed before does not wait', async () => {
  const { frames, peer, server } = await connected({ autoPong: false })
  frames.send(new Uint8Array(1_048_576))
  frames.close(CLOSE.unauthorized, 'The token was revoked.')
  expect((await once(peer, 'close'))[0]).toBe(CLOSE.unauthorized)
  server.close()
})

it.each([
  [
    'for a minute',
    async () => {
      await vi.advanceTimersByTimeAsync(60_000)
    },
  ],
  [
    'until it is closed anew',
    async (frames: SocketFrames) => {
      frames.close(CLOSE.tryAgain)
    },
  ],
])('a peer that never says that it has all is waited for %s', async (_words, pass) => {
  const { frames, peer, server } = await connected({ autoPong: false })
  frames.send(new Uint8Array(1_048_576))
  frames.close(CLOSE.stopped, 'stopped')
  // Anything that it says besides is no reason to wait longer.
  peer.send('still here')
  await once(peer, 'message')
  expect(peer.readyState).toBe(peer.OPEN)
  const closed = once(peer, 'close')
  await pass(frames)
  expect((await closed)[0]).toBe(CLOSE.stopped)
  server.close()
})
