import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { followRuntime } from './follow.ts'

let server: WebSocketServer
let leaving: AbortController
let following: Promise<void>
let runtime: WebSocket
let changes: number
let idle: number[]

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const connected = once(server, 'connection')
  leaving = new AbortController()
  changes = 0
  idle = []
  const { port } = server.address() as AddressInfo
  following = followRuntime({ host: '127.0.0.1', port, token: 'x' }, leaving.signal, {
    terminalsChanged: () => {
      changes += 1
    },
    active: (idleMs) => idle.push(idleMs),
  })
  const [socket] = (await connected) as [WebSocket]
  runtime = socket
})
afterEach(async () => {
  leaving.abort()
  await following
  await new Promise((resolve) => server.close(resolve))
})

test('what a runtime tells is heard', async () => {
  runtime.send('{"type":"activity","idleMs":5}')
  runtime.send('{"type":"terminals_changed"}')
  await expect.poll(() => [changes, idle]).toEqual([1, [5]])
})

test('a runtime that tells without end is not read without end, and is heard out', async () => {
  const filler = ' '.repeat(10_000)
  for (let count = 0; count < 2_000; count += 1) runtime.send(`{"type":"terminals_changed"}${filler}`)
  runtime.send('{"type":"activity","idleMs":7}')
  await expect.poll(() => changes).toBeGreaterThan(0)
  // 20 MB do not fit between the two: what is not read stays with who sent it.
  expect(runtime.bufferedAmount).toBeGreaterThan(5_000_000)
  expect(idle).toEqual([])
  runtime.terminate()
})

test('a message that is longer than any event ends the connection', async () => {
  runtime.send(`{"type":"ping"}${' '.repeat(20_000)}`)
  await following
})
