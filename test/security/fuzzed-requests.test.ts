import { readFile } from 'node:fs/promises'
import http from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PROCEDURE_SCOPES } from '../../src/agent/api/scopes.ts'
import { RPC_SUBPROTOCOL } from '../../src/contract/terminal/limits.ts'
import { AgentProcess } from '../support/agent.ts'
import { request } from '../support/raw-request.ts'

/** The same inputs each time, and no longer than this, however slow the machine. */
const RUN = { seed: 7391, numRuns: 400, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false }
/** More than the agent needs for any of them. */
const MOST_RESIDENT_KB = 400_000

let agent: AgentProcess
let authorization: string
beforeAll(async () => {
  agent = await AgentProcess.start()
  // All that there is may be asked with it.
  authorization = `Bearer ${(await agent.pair('fuzzer', 'admin')).token}`
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const pathsOf = (table: object, prefix: string): string[] =>
  Object.entries(table).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? pathsOf(value, `${prefix}${key}/`) : [`${prefix}${key}`],
  )
/** Those that would let go of the fuzzer itself are left out. */
const procedures = pathsOf(PROCEDURE_SCOPES, '').filter((path) => !path.startsWith('clients/'))

/** The status of an answer; its body, which may have no end, is not waited for. */
function statusOf(path: string, body: string | Uint8Array, contentType: string): Promise<number> {
  const { hostname, port } = new URL(agent.url)
  const headers = { authorization, 'content-type': contentType }
  return new Promise((resolve, reject) => {
    const outgoing = http.request({ hostname, port, method: 'POST', path, headers, agent: false }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const isWell = async (): Promise<void> => {
  expect((await request(agent.url, { path: '/health' })).status).toBe(200)
  expect(await agent.local().api.workspaces.list()).toEqual([])
  const status = await readFile(`/proc/${agent.pid}/status`, 'utf8').catch(() => 'VmRSS: 0 kB')
  expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])).toBeLessThan(MOST_RESIDENT_KB)
}

/** Values that hold what parsers stumble over, in any depth. */
const input = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue(),
    fc.constantFrom('__proto__', 'constructor', '', '\0', '../..', '-rf', '$(id)', '😀'.repeat(50), -1, 1e308, null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'name',
          'clone',
          'env',
          'resources',
          'command',
          'workspace',
          'terminal',
          '__proto__',
          'json',
          'meta',
        ),
        fc.string(),
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value

it('takes any JSON at any procedure without an error of its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...procedures),
      fc.record({ json: input, meta: fc.option(fc.jsonValue(), { nil: undefined }) }),
      async (procedure, body) => {
        // `JSON.stringify` leaves out `__proto__` keys of literals; those of a dictionary stay.
        const status = await statusOf(`/rpc/${procedure}`, JSON.stringify(body), 'application/json')
        expect(status, procedure).not.toBe(500)
      },
    ),
    RUN,
  )
  await isWell()
})

it('takes bytes that are no JSON, of any type, at any path', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.constantFrom(...procedures.map((path) => `/rpc/${path}`), '/pair', '/rpc', '/rpc/', '/rpc//'),
        fc.webPath(),
      ),
      fc.uint8Array({ maxLength: 4096 }),
      fc.constantFrom(
        'application/json',
        'multipart/form-data; boundary=x',
        'text/plain',
        'application/x-www-form-urlencoded',
        '',
      ),
      async (path, bytes, type) => {
        expect(await statusOf(path.startsWith('/') ? path : `/${path}`, bytes, type), path).toBeLessThan(500)
      },
    ),
    RUN,
  )
  await isWell()
})

it('takes any frames on the socket of calls, and answers the next client', async () => {
  const valid = Buffer.from('{"i":"1","p":{"u":"/workspaces/get","b":{"json":{"name":"alpha"}}}}')
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 512 }),
    // A message that counts, with one byte changed or its end cut off.
    fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
      const changed = Uint8Array.from(valid)
      changed[at] = byte
      return changed
    }),
    fc.nat(valid.length).map((length) => Uint8Array.from(valid.subarray(0, length))),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 8 }), fc.boolean(), async (frames, isBinary) => {
      const socket = new WebSocket(`${agent.url.replace('http', 'ws')}/rpc`, [RPC_SUBPROTOCOL], {
        headers: { authorization },
      })
      await new Promise<void>((resolve, reject) => {
        socket.once('open', () => resolve())
        socket.once('error', reject)
      })
      socket.on('error', () => undefined)
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      for (const each of frames) socket.send(each, { binary: isBinary })
      socket.close()
      await closed
    }),
    { ...RUN, numRuns: 100 },
  )
  await isWell()
})
