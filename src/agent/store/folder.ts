import { randomBytes } from 'node:crypto'
import { link, lstat, open, rm, stat, unlink } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { pipeOf, secretPath, socketOf } from '../../local-agent/place.ts'
import { ensurePrivateFolder } from './private-folder.ts'
import { loadSecret } from './secret.ts'
import { FolderInUse, FolderUnsafe } from './store-errors.ts'

/** Longest path that a Unix socket can have on every system (104 bytes on macOS, with the end). */
const LONGEST_SOCKET_PATH = 103
/** A takeover is a matter of milliseconds; one that is older was left by an agent that was killed in it. */
const TAKEOVER_STALE_MS = 10_000
const TAKEOVER_WAIT_MS = 50
const ATTEMPTS = 40

export interface ClaimedFolder {
  /** Listens on `socketPath`; an HTTP server is attached by passing on its connections. */
  server: net.Server
  socketPath: string
  /** Stops listening and leaves the folder to the next. */
  release(): Promise<void>
}

/**
 * Makes the folder private and its agent the only one: whoever listens on its socket holds it. The socket is listened on
 * under a private name and then linked to `agent.sock`, which one process alone can do; a socket that nobody answers any
 * more is removed first, by one process at a time. Throws `FolderInUse`, `FolderUnsafe`, `StoreError`.
 */
export async function claimFolder(configDir: string): Promise<ClaimedFolder> {
  await ensurePrivateFolder(configDir)
  if (process.platform === 'win32') return claimPipe(configDir)
  const { path: socketPath } = socketOf(configDir)
  const privatePath = path.join(path.dirname(socketPath), `.${randomBytes(4).toString('hex')}.s`)
  for (const one of [socketPath, privatePath]) {
    if (Buffer.byteLength(one) > LONGEST_SOCKET_PATH) {
      throw new FolderUnsafe(
        `The path of ${configDir} is too long for a socket.`,
        'Name a shorter folder with WS_CONFIG_DIR.',
      )
    }
  }
  const server = net.createServer()
  const connections = trackConnections(server)
  await listen(server, privatePath)
  try {
    await linkWhenFree({ configDir, privatePath, socketPath })
  } catch (error) {
    await close(server)
    throw error
  } finally {
    await rm(privatePath, { force: true })
  }
  const { ino } = await stat(socketPath)
  return { server, socketPath, release: () => release({ server, connections, socketPath, ino }) }
}

interface Names {
  configDir: string
  privatePath: string
  socketPath: string
}

async function linkWhenFree({ configDir, privatePath, socketPath }: Names): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await link(privatePath, socketPath)
      return
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    if (await answers(socketPath)) throw inUse(configDir)
    await takeOver(socketPath)
  }
  throw inUse(configDir)
}

/** Removes a socket that nobody answers. One process at a time; the others wait for it. */
async function takeOver(socketPath: string): Promise<void> {
  const takeoverPath = `${socketPath}.takeover`
  try {
    await (await open(takeoverPath, 'wx', 0o600)).close()
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    await outwait(takeoverPath)
    return
  }
  try {
    // Looked at again now that nobody else removes: a live one may have come in between.
    if (!(await answers(socketPath))) await removeSocket(socketPath)
  } finally {
    await rm(takeoverPath, { force: true })
  }
}

/** Removes a socket, or a link, and no file that somebody may have put in its place. */
async function removeSocket(socketPath: string): Promise<void> {
  const found = await lstat(socketPath).catch(() => undefined)
  if (found !== undefined && !found.isSocket() && !found.isSymbolicLink()) {
    throw new FolderUnsafe(`${socketPath} is in the way: it is not a socket.`, 'Move it to another place.')
  }
  await rm(socketPath, { force: true })
}

async function outwait(takeoverPath: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, TAKEOVER_WAIT_MS))
  const found = await stat(takeoverPath).catch(() => undefined)
  if (found !== undefined && Date.now() - found.mtimeMs > TAKEOVER_STALE_MS) await rm(takeoverPath, { force: true })
}

function inUse(configDir: string): FolderInUse {
  return new FolderInUse(
    `Another agent runs on ${configDir}.`,
    'Use that one, or give this one a folder of its own with WS_CONFIG_DIR.',
  )
}

async function claimPipe(configDir: string): Promise<ClaimedFolder> {
  const { path: socketPath } = pipeOf(await loadSecret(secretPath(configDir)))
  const server = net.createServer()
  const connections = trackConnections(server)
  try {
    await listen(server, socketPath)
  } catch (error) {
    throw codeOf(error) === 'EADDRINUSE' ? inUse(configDir) : error
  }
  return { server, socketPath, release: () => close(server, connections) }
}

interface Held {
  server: net.Server
  connections: ReadonlySet<net.Socket>
  socketPath: string
  ino: number
}

async function release({ server, connections, socketPath, ino }: Held): Promise<void> {
  const found = await stat(socketPath).catch(() => undefined)
  // Only our own socket: a folder that was wiped and claimed anew is another's.
  if (found?.ino === ino) await unlink(socketPath).catch(() => undefined)
  await close(server, connections)
}

function trackConnections(server: net.Server): ReadonlySet<net.Socket> {
  const connections = new Set<net.Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return connections
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath)
    const settle = (isLive: boolean): void => {
      socket.destroy()
      resolve(isLive)
    }
    socket.once('connect', () => settle(true))
    // Refused, or gone: dead. Anything else (a full backlog, no permission) is somebody.
    socket.once('error', (error) => settle(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(codeOf(error) ?? '')))
  })
}

function listen(server: net.Server, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path: where, readableAll: false, writableAll: false }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Ends what is still connected: a server closes only when nobody is. */
function close(server: net.Server, connections: ReadonlySet<net.Socket> = new Set()): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of connections) socket.destroy()
  })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
