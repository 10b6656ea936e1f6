import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE, MAX_FRAME_BYTES, MAX_INPUT_MESSAGE_BYTES } from '../../../src/contract/terminal/limits.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let runtime: RuntimeContainer
let witness: TerminalProbe

beforeAll(async () => {
  runtime = await RuntimeContainer.booted()
  witness = await TerminalProbe.attach(runtime, { create: { command: ['cat'] } })
})
afterAll(async () => {
  await runtime[Symbol.asyncDispose]()
})

/** A terminal that was there before still answers. */
async function stillServes(): Promise<void> {
  const word = randomUUID()
  witness.type(`${word}\r`)
  await witness.untilText(`${word}\r\n${word}`)
}

const attach = { type: 'attach', client: randomUUID(), cols: 80, rows: 24 }
const before = [
  'nonsense',
  '{}',
  '[]',
  'null',
  '{"type":"resize","cols":80,"rows":24}',
  '{"type":"ack","offset":0}',
  '{"type":"close"}',
  '{"type":"attach"}',
  JSON.stringify({ ...attach, terminal: '../../etc/passwd', create: {} }),
  JSON.stringify({ ...attach, terminal: randomUUID(), create: { command: [] } }),
  JSON.stringify({ ...attach, terminal: randomUUID(), create: {}, cols: 0 }),
  JSON.stringify({ ...attach, terminal: randomUUID(), create: {}, rows: 1e9 }),
  JSON.stringify({ ...attach, terminal: randomUUID(), create: {}, after: -1 }),
  JSON.stringify({ ...attach, terminal: randomUUID(), create: { cwd: 'relative' } }),
  JSON.stringify({ ...attach, terminal: randomUUID(), create: {}, __proto__: 1, extra: true }),
  Buffer.from('input before attach'),
]

test.each(before.map((frame) => [String(frame).slice(0, 100), frame]))('before an attach: %s', async (_, frame) => {
  const probe = await TerminalProbe.connect(runtime)
  probe.socket.send(frame)
  await probe.untilClosed()
  expect(probe.find('error')).toMatchObject({ code: 'BAD_REQUEST' })
  expect(probe.closed).toBe(CLOSE.refused)
  await stillServes()
})

const after: [string, string | Buffer][] = [
  ['a second attach', JSON.stringify({ ...attach, terminal: randomUUID() })],
  ['an ack of what was never sent', '{"type":"ack","offset":9007199254740991}'],
  ['an unknown type', '{"type":"take"}'],
  ['a signal that is none of ours', '{"type":"signal","name":"SIGSTOP"}'],
  ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['too much input in one message', Buffer.alloc(MAX_INPUT_MESSAGE_BYTES + 1)],
]

test.each(after)('after an attach: %s', async (_, frame) => {
  const probe = await TerminalProbe.attach(runtime, { create: { command: ['cat'] } })
  probe.socket.send(frame)
  await probe.untilClosed()
  expect(probe.find('error')).toMatchObject({ code: 'BAD_REQUEST' })
  expect(probe.closed).toBe(CLOSE.refused)
  await stillServes()
})

test('a message beyond the limit of all sockets closes just its own', async () => {
  const probe = await TerminalProbe.attach(runtime, { create: { command: ['cat'] } })
  probe.socket.send(Buffer.alloc(MAX_FRAME_BYTES + 1))
  await probe.untilClosed()
  expect(probe.closed).not.toBe(CLOSE.exited)
  await stillServes()
})

test('input that a program never reads is bounded, and what was accepted is not lost', async () => {
  const command = ['sh', '-c', 'stty raw -echo; printf R; read wait </dev/null; sleep 1000']
  const probe = await TerminalProbe.attach(runtime, { create: { command } })
  await probe.untilText('R')
  for (let sent = 0; sent < 16; sent += 1) {
    for (let piece = 0; piece < 16; piece += 1) probe.type(Buffer.alloc(MAX_INPUT_MESSAGE_BYTES))
  }
  await probe.untilClosed()
  expect(probe.find('error')).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  await stillServes()
})

test('bytes that are no WebSocket frames, and connections that stop half way, harm nobody', async () => {
  const upgrade =
    `GET /api/v1/terminals HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
    `Sec-WebSocket-Protocol: berth.terminal.1\r\nAuthorization: Bearer ${runtime.token}\r\n\r\n`
  for (const bytes of [upgrade, upgrade + 'x'.repeat(1000), 'GET / HTTP/1.1\r\n', randomBytes(4096)]) {
    const socket = connect(3002, runtime.address)
    await once(socket, 'connect')
    socket.on('error', () => undefined)
    socket.write(bytes)
    await stillServes()
    socket.destroy()
  }
})
