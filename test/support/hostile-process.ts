/**
 * Agents that wish a client ill, as a process of their own: what they send fills no memory but the client's. Prints the port of each
 * behaviour as a line of JSON, all on 127.0.0.1; ends with its standard input. Those of `AFTER_PAIRING` greet as they should
 * until a line comes in.
 */
import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import type { Duplex, Writable } from 'node:stream'
import { accept, frame, type RawChannel } from './raw-frames.ts'

type Answer = (response: http.ServerResponse, socket: net.Socket) => void

const HEALTH = { status: 'healthy', version: '9.9.9', protocol: '1.0', uptime: 1, docker: 'connected' }
const INFO = {
  ...{
    agentId: 'hostile',
    hostname: 'hostile',
    uptime: 1,
    workspacesCount: 0,
    dockerVersion: '',
    terminalConnections: 0,
  },
  ...{ version: '9.9.9', protocol: '1.0', capabilities: [], templates: [], diagnostics: [] },
  engine: { status: 'ready', message: 'Ready.' },
}
const CLIENT = { id: 'c', name: 'c', scope: 'operate', createdAt: '2026-01-01T00:00:00.000Z' }
/** What would be an order to a terminal, a page, and a reader. */
const SPELL = '\u001b[2J\u0000<img src=x onerror=alert(1)>\u202egpj\u2028'
const DRIP_MS = 100

/** Writes `part` for as long as anybody reads. */
function pour(stream: Writable, part: string | Buffer): void {
  const go = (): void => {
    while (!stream.destroyed && stream.write(part));
    if (!stream.destroyed) stream.once('drain', go)
  }
  go()
}

function drip(stream: Writable, part: string): void {
  const timer = setInterval(() => stream.write(part), DRIP_MS)
  stream.once('close', () => clearInterval(timer))
}

/** What answers `GET /health`, in the order of the tests that it is tried in. */
const AT_HEALTH: Record<string, Answer> = {
  endlessBody: (response) => pour(response, 'x'.repeat(65_536)),
  endlessHeader: (_response, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    pour(socket, `x-more: ${'x'.repeat(1_000)}\r\n`)
  },
  endlessInterim: (_response, socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
  drippedBody: (response) => drip(response.writeHead(200, { 'content-length': 1_000_000 }), ' '),
  drippedHeader: (_response, socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-more: ')
    drip(socket, 'x')
  },
  silent: () => undefined,
  deep: (response) => void response.end('['.repeat(60_000) + ']'.repeat(60_000)),
  wrongTypes: (response) => void response.end(JSON.stringify({ ...HEALTH, version: { a: 1 }, protocol: 1 })),
  redirect: (response) => void response.writeHead(302, { location: `http://127.0.0.1:${visited.port}/health` }).end(),
  otherProtocol: (_response, socket) =>
    void socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  lie: (response) => void response.end(JSON.stringify({ ...HEALTH, version: SPELL + 'x'.repeat(10_000) })),
}

/** What answers `POST /pair`. */
const AT_PAIRING: Record<string, Answer> = {
  tokenOfTwoLines: (response) =>
    void response.end(JSON.stringify({ token: `${'x'.repeat(40)}\r\nx: y`, client: CLIENT })),
  endlessToken: (response) => {
    response.write('{"token":"')
    pour(response, 'x'.repeat(65_536))
  },
  redirectedCode: (response) =>
    void response.writeHead(307, { location: `http://127.0.0.1:${visited.port}/pair` }).end(),
}

const answerTo = (id: unknown, json: unknown): Buffer => frame(JSON.stringify({ i: id, p: { b: { json } } }))
const eventOf = (id: unknown): Buffer =>
  frame(JSON.stringify({ i: id, t: 3, p: { e: 'message', d: { json: 'x'.repeat(65_536) } } }))

/** Calls `called` with the id of each call and what it is of. */
function calls({ hear }: RawChannel, called: (id: unknown, of: string) => void): void {
  hear((text) => {
    const message: unknown = JSON.parse(text)
    if (typeof message !== 'object' || message === null || !('i' in message) || !('p' in message)) return
    const { p: request } = message
    if (typeof request === 'object' && request !== null && 'u' in request) called(message.i, String(request.u))
  })
}

const infoOf =
  (info: unknown) =>
  (channel: RawChannel): void =>
    calls(channel, (id) => channel.socket.write(answerTo(id, info)))

/** What the worker of that name says of itself before it turns: another agent than before is let go at its greeting. */
const infoAs = (name: string) => ({ ...INFO, agentId: name })

/** What takes the sockets of a client that it has paired with. */
const AFTER_PAIRING: Record<string, (channel: RawChannel) => void> = {
  oversized: ({ socket }) => {
    const head = Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0])
    socket.write(head)
    pour(socket, 'x'.repeat(65_536))
  },
  fragments: ({ socket }) => {
    socket.write(frame('x', { isLast: false }))
    pour(socket, Buffer.concat(Array.from({ length: 10_000 }, () => frame('x', { opcode: 0, isLast: false }))))
  },
  pings: (channel) => {
    infoOf(infoAs('pings'))(channel)
    pour(channel.socket, Buffer.concat(Array.from({ length: 500 }, () => frame('x'.repeat(125), { opcode: 9 }))))
  },
  answerWithoutEnd: (channel) => calls(channel, (id) => pour(channel.socket, eventOf(id))),
  deepAnswer: (channel) =>
    calls(channel, (id) =>
      channel.socket.write(
        frame(`{"i":${JSON.stringify(id)},"p":{"b":{"json":${'['.repeat(90_000)}${']'.repeat(90_000)}}}}`),
      ),
    ),
  nonsense: ({ socket }) => pour(socket, frame(Buffer.from([0, 1, 255, 254]), { opcode: 2 })),
  neverAnswers: () => undefined,
  otherTypes: infoOf({ ...INFO, agentId: 5, hostname: { a: 1 }, version: null, capabilities: 5, identity: 'admin' }),
  lies: infoOf({
    ...{ ...infoAs('lies'), hostname: SPELL + 'x'.repeat(10_000), version: SPELL + 'x'.repeat(10_000) },
    capabilities: [5, 'x'.repeat(10_000), SPELL, ...Array.from({ length: 10_000 }, () => 'more')],
    identity: { id: 'x', kind: 'paired', scope: 'landlord' },
  }),
  /** Well, but for what is opened for a screen. */
  rows: (channel) =>
    calls(channel, (id, of) => channel.socket.write(answerTo(id, of === '/workspaces/list' ? ROWS : infoAs('rows')))),
  gushes: (channel) => {
    if (channel.urlPath !== '/rpc') pour(channel.socket, frame(Buffer.alloc(65_536), { opcode: 2 }))
    else
      channel.hear((text) => {
        if (text === 'gush') pour(channel.socket, frame('x'.repeat(65_536)))
        else channel.socket.write(answerTo((JSON.parse(text) as { i: unknown }).i, infoAs('gushes')))
      })
  },
}
const ROWS = Array.from({ length: 20_000 }, (_, index) => ({
  id: `ws-${index}`,
  name: `${SPELL}${index}`,
  title: SPELL,
}))

/** What takes the upgrade itself, before there is a socket. */
const AT_UPGRADE: Record<string, (socket: Duplex) => void> = {
  drippedUpgrade: (socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nx-more: ')
    drip(socket, 'x')
  },
  endlessInterimUpgrade: (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
  redirectedUpgrade: (socket) =>
    void socket.end(
      `HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:${visited.port}/rpc\r\ncontent-length: 0\r\n\r\n`,
    ),
  endlessRefusal: (socket) => {
    socket.write('HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n')
    pour(socket, `10000\r\n${'x'.repeat(65_536)}\r\n`)
  },
}

/** Nobody should come here: redirects lead to it. */
const visited = { port: 0, count: 0 }
let isTurned = false
const open = new Set<Duplex>()

async function serve(name: string): Promise<number> {
  const server = http.createServer((request, response) => {
    const hostile = request.url === '/health' ? AT_HEALTH[name] : AT_PAIRING[name]
    if (hostile !== undefined) hostile(response, request.socket)
    else if (request.url === '/health') response.end(JSON.stringify(HEALTH))
    else response.end(JSON.stringify({ token: 'token-of-a-hostile-worker', client: CLIENT }))
  })
  server.on('connection', (socket) => socket.on('error', () => undefined))
  server.on('upgrade', (request, socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    const early = AT_UPGRADE[name]
    if (!isTurned) infoOf({ ...infoAs(name), hostname: name })(accept(request, socket))
    else if (early === undefined) AFTER_PAIRING[name]?.(accept(request, socket))
    else early(socket)
  })
  return listen(server)
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

visited.port = await listen(
  net.createServer((socket) => {
    visited.count += 1
    process.stdout.write(`${JSON.stringify({ visits: visited.count })}\n`)
    socket.destroy()
  }),
)
const names = [AT_HEALTH, AT_PAIRING, AFTER_PAIRING, AT_UPGRADE].map((behaviours) => Object.keys(behaviours))
const ports = Object.fromEntries(
  await Promise.all(names.flat().map(async (name) => [name, await serve(name)] as const)),
)
const [atHealth, atPairing, afterPairing = [], atUpgrade = []] = names
process.stdout.write(`${JSON.stringify({ ports, atHealth, atPairing, paired: [...afterPairing, ...atUpgrade] })}\n`)
process.stdin.on('data', () => {
  isTurned = true
  for (const socket of open) socket.destroy()
})
process.stdin.on('end', () => process.exit())
