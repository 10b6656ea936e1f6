import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { get, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { IDENTITY_PROOF_PREFIX, RuntimeIdentity } from '../../contract/runtime/api.ts'
import type { RuntimeReady } from '../../contract/runtime/boot.ts'
import { BootRefusal } from './refusal.ts'

const CLAIM_TIMEOUT_MS = 10_000
const RETRY_MS = 50
const ADDRESS = '0.0.0.0'

export interface ClaimOptions {
  port: number
  token: string
  /** Asks the one that runs to hand over; false where it goes on as it is. */
  takeOver(running: RuntimeReady): Promise<boolean>
}

/** Proof that the answerer knows `token`. */
export function identityProof(token: string, nonce: string): string {
  return createHmac('sha256', token).update(`${IDENTITY_PROOF_PREFIX}${nonce}`).digest('hex')
}

export type Claim = { kind: 'claimed'; port: number } | { kind: 'running'; ready: RuntimeReady }

/**
 * Binds the port, which is also the lock that keeps a container from having two runtimes. Where it is taken by a
 * runtime with our token, that one is `running`, unless it hands over; by anything else, it is refused.
 */
export async function claimPort(server: Server, { port, token, takeOver }: ClaimOptions): Promise<Claim> {
  const deadline = Date.now() + CLAIM_TIMEOUT_MS
  for (;;) {
    const bound = await listen(server, port)
    if (bound !== undefined) return { kind: 'claimed', port: bound }
    const running = await askRunning(port, token, deadline - Date.now())
    if (running !== 'gone' && !(await takeOver(running))) return { kind: 'running', ready: running }
    if (Date.now() > deadline) throw taken(port)
    // One that has handed over has let go already; one that ends takes its time.
    if (running === 'gone') await delay(RETRY_MS)
  }
}

function listen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (error?: NodeJS.ErrnoException): void => {
      server.off('error', settle)
      server.off('listening', settle)
      if (error === undefined) {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : port)
      } else if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(new BootRefusal(`Port ${port} cannot be listened on: ${error.message}.`, { cause: error }))
    }
    server.once('error', settle)
    server.once('listening', () => {
      settle()
    })
    server.listen({ port, host: ADDRESS, backlog: 511 })
  })
}

/** `gone` where nobody answers any more: the other one was on its way out, so the port can be tried again. */
async function askRunning(port: number, token: string, timeoutMs: number): Promise<RuntimeReady | 'gone'> {
  const nonce = randomBytes(16).toString('hex')
  let body: string
  try {
    body = await fetchText(`http://127.0.0.1:${port}/api/v1/identity?nonce=${nonce}`, Math.max(1, timeoutMs))
  } catch {
    return 'gone'
  }
  const identity = RuntimeIdentity.safeParse(parseJson(body))
  if (!identity.success || !isProof(identity.data.proof, identityProof(token, nonce))) throw taken(port)
  const { user, version, build } = identity.data
  return { ready: true, port: identity.data.port, user, version, build }
}

function isProof(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
}

function fetchText(url: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length > 4096) request.destroy(new Error('too long'))
      })
      response.on('end', () => {
        resolve(text)
      })
      response.on('error', reject)
    })
    request.on('error', reject)
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function taken(port: number): BootRefusal {
  return new BootRefusal(`Port ${port} of the workspace is taken by another program.`, {
    hint: 'End that program, or restart the workspace.',
  })
}
