import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openCertificate } from '../../../src/agent/network/certificate.ts'
import { RPC_SUBPROTOCOL } from '../../../src/contract/terminal/limits.ts'
import { AgentProcess } from '../../support/agent.ts'

const run = promisify(execFile)

let folder: string
let agent: AgentProcess
const at = (name: string): string => path.join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  await makePair('first')
  await makePair('second', ['-CA', at('first.crt'), '-CAkey', at('first.key')])
  await use('first')
  agent = await AgentProcess.start({ args: ['--tls-cert', at('tls.crt'), '--tls-key', at('tls.key')] })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** A certificate for an address and a name, signed by itself or, with `signer`, by an authority that no client knows. */
async function makePair(name: string, signer: readonly string[] = []): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(`${name}.key`)]
  const names = ['-subj', '/CN=worker', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:worker.example']
  await run('openssl', ['req', '-x509', '-days', '2', ...key, '-out', at(`${name}.crt`), ...names, ...signer])
}

/** Puts a pair where the agent reads it, one file after the other. */
async function use(name: string): Promise<void> {
  for (const kind of ['crt', 'key']) {
    await writeFile(at('beside'), await readFile(at(`${name}.${kind}`)), { mode: 0o600 })
    await rename(at('beside'), at(`tls.${kind}`))
  }
}

const fingerprintOf = async (name: string) => new X509Certificate(await readFile(at(`${name}.crt`))).fingerprint256

/** The fingerprint of the certificate that is shown to who connects now. */
function shown(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port: agent.port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256)
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

async function statusOf(where: string, host: string): Promise<number> {
  const ca = await readFile(at('first.crt'))
  return new Promise((resolve, reject) => {
    // The name of the request is another than that of the connection.
    const checkServerIdentity = () => undefined
    const options = { ca, headers: { host: `${host}:${agent.port}` }, agent: false, checkServerIdentity }
    https
      .get(`${agent.url}${where}`, options, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      .once('error', reject)
  })
}

it('is spoken with the certificate that was given, under its names, and nothing else is', async () => {
  expect(agent.url).toMatch(/^https:/)
  expect(await statusOf('/health', 'worker.example')).toBe(200)
  expect(await statusOf('/health', 'other.example')).toBe(421)
  await expect(fetch(`http://127.0.0.1:${agent.port}/health`)).rejects.toThrow()
  const ca = await readFile(at('first.crt'))
  const { token } = await agent.local().api.clients.addToken({ name: 'x', scope: 'read', days: 1 })
  const socket = new WebSocket(`${agent.url.replace('http', 'ws')}/rpc`, [RPC_SUBPROTOCOL, `berth.token.${token}`], {
    ca,
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.close()
})

it('has a fingerprint to compare, and another when the files were replaced', async () => {
  const first = await fingerprintOf('first')
  expect(agent.said).toContain(`Fingerprint of its certificate (SHA-256): ${first}`)
  expect((await agent.local().api.info()).fingerprint).toBe(first)
  expect(await shown()).toBe(first)
  await use('second')
  await expect.poll(shown).toBe(await fingerprintOf('second'))
  expect((await agent.local().api.info()).fingerprint).toBe(await fingerprintOf('second'))
})

it('is refused with what does not fit, in words that name the file', async () => {
  const open = (certFile: string, keyFile: string) =>
    openCertificate({ certFile: at(certFile), keyFile: at(keyFile) }, pino({ level: 'silent' }))
  await expect(open('first.crt', 'second.key')).rejects.toMatchObject({
    name: 'CertificateUnusable',
    message: expect.stringContaining('second.key is not that of'),
  })
  await expect(open('first.key', 'first.key')).rejects.toThrow('holds nothing that can be used')
  await expect(open('gone.crt', 'first.key')).rejects.toThrow('gone.crt cannot be read (ENOENT).')
})
