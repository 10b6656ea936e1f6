import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AgentInfo } from '../../../src/contract/agent/info.ts'
import { AgentProcess } from '../../support/agent.ts'
import { StandInTailscaled } from '../../support/tailscaled.ts'
import { TwoComputers } from '../../support/two-computers.ts'

const run = promisify(execFile)
const problem =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'Network namespaces need root on Linux.'

let folder: string
let two: TwoComputers
let tailscaled: StandInTailscaled
let agent: AgentProcess
const self = { name: 'desk', address: '', login: 'me@example.com' }
const peer = { name: 'laptop', address: '', login: 'me@example.com', tags: undefined as string[] | undefined }

const ASK = `
  const http = require('node:http')
  const [url, headers] = process.argv.slice(1)
  const request = http.request(url, { method: 'POST', headers: JSON.parse(headers), agent: false, timeout: 5000 }, (response) => {
    let text = ''
    response.on('data', (part) => (text += part))
    response.on('end', () => console.log(JSON.stringify({ status: response.statusCode, text })))
  })
  request.on('timeout', () => request.destroy())
  request.on('error', () => console.log('{"status":0,"text":""}'))
  request.end('{}')
`

/** Says the status of a stream, and when it has ended. */
const FOLLOW = `
  const request = require('node:http').request(process.argv[1], { method: 'POST', agent: false }, (response) => {
    console.log(response.statusCode)
    response.on('error', () => undefined)
    response.resume()
  })
  request.on('error', () => undefined)
  request.on('close', () => console.log('closed'))
  request.end('{"json":{}}')
`

function spawnOn([program, ...words]: readonly [string, ...string[]], script: string, ...args: string[]) {
  return spawn(program, [...words, process.execPath, '-e', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** What the agent answers to a call of a program that runs on one of the computers. */
async function ask(
  from: readonly [string, ...string[]],
  {
    procedure = 'info',
    address = two.nearAddress,
    headers = {},
  }: { procedure?: string; address?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  const [program, ...words] = from
  const url = `http://${address}:${agent.port}/rpc/${procedure}`
  const { stdout } = await run(program, [...words, process.execPath, '-e', ASK, url, JSON.stringify(headers)])
  return JSON.parse(stdout)
}
const statusFrom = async (...args: Parameters<typeof ask>): Promise<number> => (await ask(...args)).status

/** The status, where tailscaled was asked for it: an answer of a moment ago may have counted. */
async function statusWhenAsked(headers: Record<string, string>): Promise<number | 'not asked'> {
  const before = tailscaled.asked.length
  const status = await statusFrom(two.far, { headers })
  return tailscaled.asked.length > before ? status : 'not asked'
}

describe.skipIf(problem !== undefined)('an address of a tailnet', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    two = await TwoComputers.make()
    peer.address = two.farAddress
    tailscaled = await StandInTailscaled.start(folder, {
      self,
      peers: [peer],
    })
    const tailnet = { users: { 'me@example.com': 'operate' }, socketPath: tailscaled.socketPath }
    agent = await AgentProcess.start({ config: { access: { tailnet } }, through: two.near })
  })
  afterAll(async () => {
    await agent[Symbol.asyncDispose]()
    await tailscaled[Symbol.asyncDispose]()
    await two[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  it('is listened on from when its address is there, by the name that tailscaled says, and no more when it has gone', async () => {
    expect(await statusFrom(two.far)).toBe(0)
    // An address of the range that another network has given out, as far as Tailscale knows.
    self.address = '100.127.255.254'
    const before = tailscaled.timesAsked
    await two.connect('connected')
    await expect.poll(() => tailscaled.timesAsked).toBeGreaterThan(before)
    expect(await statusFrom(two.far)).toBe(0)
    self.address = two.nearAddress
    await expect.poll(() => statusFrom(two.far)).toBe(200)
    const named = (host: string) => statusFrom(two.far, { headers: { host: `${host}:${agent.port}` } })
    await expect.poll(() => named('desk.tail1234.ts.net')).toBe(200)
    expect(await named('desk')).toBe(200)
    expect(await named('desk.tail9999.ts.net')).toBe(421)
    expect(await named('laptop.tail1234.ts.net')).toBe(421)
    await two.connect('away')
    const log = path.join(agent.configDir, 'logs/agent.log')
    await expect.poll(() => readFile(log, 'utf8')).toContain(`"gone":["${two.nearAddress}"]`)
    await two.connect('connected')
    await expect.poll(() => statusFrom(two.far)).toBe(200)
  })

  it('vouches for the users whom the owner has named, with their scope', async () => {
    const info = AgentInfo.parse(JSON.parse((await ask(two.far)).text).json)
    expect(info.identity).toMatchObject({ kind: 'tailnet', name: 'me@example.com', scope: 'operate' })
    expect(await statusFrom(two.far, { procedure: 'clients/list' })).toBe(403)
    expect(await agent.local().api.clients.list()).toMatchObject([
      { kind: 'tailnet', name: 'me@example.com', scope: 'operate', lastAddress: two.farAddress },
    ])
  })

  it('vouches for nobody by a header, on this computer, with a token that is none, or with tags', async () => {
    const forged = { 'tailscale-user-login': 'me@example.com', 'x-forwarded-for': two.farAddress }
    expect(await statusFrom(two.near, { address: '127.0.0.1', headers: forged })).toBe(401)
    // By its own address of the tailnet a program here would be the owner of this computer.
    expect(await statusFrom(two.near, { headers: forged })).toBe(401)
    expect(tailscaled.asked.every((address) => address.startsWith(`${two.farAddress}:`))).toBe(true)
    expect(await statusFrom(two.far, { headers: { authorization: `Bearer ${'A'.repeat(43)}` } })).toBe(401)
    peer.login = 'stranger@example.com'
    await expect.poll(() => statusWhenAsked(forged)).toBe(401)
    peer.login = 'me@example.com'
    peer.tags = ['tag:ci']
    await expect.poll(() => statusWhenAsked(forged)).toBe(401)
    peer.tags = undefined
    await expect.poll(() => statusFrom(two.far)).toBe(200)
  })

  it('vouches for a user no more once the configuration does not name it, and what that user has open ends', async () => {
    const stream = spawnOn(two.far, FOLLOW, `http://${two.nearAddress}:${agent.port}/rpc/events`)
    const lines = createInterface(stream.stdout)[Symbol.asyncIterator]()
    expect((await lines.next()).value).toBe('200')
    const [user] = await agent.local().api.clients.list()
    await agent.local().api.clients.revoke({ id: user?.id ?? '' })
    expect((await lines.next()).value).toBe('closed')
    await expect.poll(() => statusFrom(two.far)).toBe(401)
    expect(await agent.local().api.clients.list()).toEqual([])
    const config: unknown = JSON.parse(await readFile(path.join(agent.configDir, 'config.json'), 'utf8'))
    expect(config).toMatchObject({ access: { tailnet: { users: {} } } })
  })
})
