import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { WebSocket } from 'ws'
import { loadSecret, runtimeTokenOf } from '../../src/agent/store/secret.ts'
import { createWorkerClient } from '../../src/client/create-worker-client.ts'
import { createWebSocketLink } from '../../src/client/links/web-socket-link.ts'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { PairResponse } from '../../src/contract/agent/clients.ts'

const WS = fileURLToPath(new URL('../../out/cli/ws.js', import.meta.url))
const run = promisify(execFile)

/** An agent as users start it, in a folder of its own, and a client that has paired with it over its network face. */
export interface BenchedAgent {
  worker: WorkerClient
  pid: number
  /** `http://127.0.0.1:<port>`. */
  address: string
  /** Milliseconds from its start to its first answer at `/health`. */
  startMs: number
  /** What the runtime of one of its workspaces asks of its callers. */
  runtimeToken: (workspaceId: string) => Promise<string>
  /** A pairing code for one more client. */
  pairingCode: () => Promise<string>
  end: () => Promise<void>
}

export interface AgentStart {
  /** Beside what this process has. */
  environment?: NodeJS.ProcessEnv
  /** Furnishes its folder before it starts. */
  prepare?: (configDir: string) => Promise<void>
}

/** Starts the built `ws --agent` and pairs with it. */
export async function startAgent({ environment, prepare }: AgentStart = {}): Promise<BenchedAgent> {
  const configDir = await mkdtemp(path.join(os.tmpdir(), 'berth-bench-'))
  await prepare?.(configDir)
  const env = { ...process.env, ...environment, WS_CONFIG_DIR: configDir }
  const began = performance.now()
  const child = spawn(execPath, [WS, '--agent', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await listening(child)
  const health = await fetch(new URL('/health', address))
  const startMs = performance.now() - began
  if (!health.ok || child.pid === undefined) throw new Error('The agent does not answer.')
  const pairingCode = async (): Promise<string> => {
    const { stdout } = await run(execPath, [WS, 'agent', 'pair'], { env })
    const code = /\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(stdout)?.[0]
    if (code === undefined) throw new Error(`\`ws agent pair\` printed no code:\n${stdout}`)
    return code
  }
  const token = await pair(address, await pairingCode())
  const worker = createWorkerClient({
    link: createWebSocketLink({ open: (place, protocols) => openSocket(address, place, protocols), token }),
  })
  return {
    worker,
    pid: child.pid,
    address,
    startMs,
    runtimeToken: async (workspaceId) => runtimeTokenOf(await loadSecret(path.join(configDir, 'secret')), workspaceId),
    pairingCode,
    end: async () => {
      worker.dispose()
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      await rm(configDir, { recursive: true, force: true })
    },
  }
}

function openSocket(address: string, place: string, protocols: string[]): WebSocket {
  const socket = new WebSocket(new URL(place, address.replace('http:', 'ws:')), protocols, { perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  return socket
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The agent was started without a pipe for its output.')
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('The agent ended before it said where it listens.')
}

async function pair(address: string, code: string): Promise<string> {
  const response = await fetch(new URL('/pair', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'bench' }),
  })
  if (!response.ok) throw new Error(`Pairing was refused: ${await response.text()}`)
  return PairResponse.parse(await response.json()).token
}
