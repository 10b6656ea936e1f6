import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StandInTailscaled } from '../support/tailscaled.ts'
import { TwoComputers } from '../support/two-computers.ts'

const run = promisify(execFile)
const problem =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'Network namespaces need root on Linux.'

const TOKEN = 'a-token-that-is-worth-a-computer'
const CALLER = path.join(import.meta.dirname, '../support/caller-process.ts')
/** Says its port, then all that anybody tells it; takes every connection as an agent does. */
const FALSE_WORKER = `
  const { createHash } = require('node:crypto')
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      console.log(JSON.stringify(data.toString('latin1')))
      const key = /^sec-websocket-key: (.*?)\\r$/im.exec(data)?.[1]
      if (key === undefined) return socket.destroy()
      const accept = createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')
      const protocol = /^sec-websocket-protocol: ([^,\\r]*)/im.exec(data)[1]
      const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
      socket.write([...lines, 'Sec-WebSocket-Accept: ' + accept, 'Sec-WebSocket-Protocol: ' + protocol, '', ''].join('\\r\\n'))
    })
  })
  server.listen(0, () => console.log(server.address().port))
`

describe.skipIf(problem !== undefined)('a network that gives out addresses of the range of tailnets', () => {
  let folder: string
  let two: TwoComputers
  let tailscaled: StandInTailscaled
  let falseWorker: ReturnType<typeof startFalseWorker>
  let port: number
  const told: string[] = []
  const self = { name: 'laptop', address: '', login: 'me@example.com' }
  const tower = { name: 'tower', address: '', login: 'me@example.com' }

  function startFalseWorker() {
    const [program, ...words] = two.far
    return spawn(program, [...words, process.execPath, '-e', FALSE_WORKER], { stdio: ['ignore', 'pipe', 'inherit'] })
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    two = await TwoComputers.make()
    await two.connect('connected')
    tailscaled = await StandInTailscaled.start(folder, { self, peers: [tower] })
    falseWorker = startFalseWorker()
    port = await new Promise<number>((resolve) => {
      createInterface(falseWorker.stdout).on('line', (line) => {
        if (/^\d+$/.test(line)) resolve(Number(line))
        else told.push(line)
      })
    })
  })
  afterAll(async () => {
    falseWorker.kill()
    await tailscaled[Symbol.asyncDispose]()
    await two[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  /** What comes of a connection from the near computer to the false worker on the far one. */
  async function call(scheme: 'http://' | ''): Promise<{ path?: string; hop?: string; message?: string }> {
    told.length = 0
    const [program, ...words] = two.near
    const address = `${scheme}${two.farAddress}:${port}`
    const args = [...words, process.execPath, CALLER, tailscaled.socketPath, address, TOKEN]
    const { stdout } = await run(program, args)
    return JSON.parse(stdout)
  }

  it.each([
    ['Tailscale is off', 'Stopped', /switched off/],
    ['Tailscale knows neither address', 'Running', /does not know/],
  ] as const)('has no token while %s', async (_case, state, words) => {
    tailscaled.state = state
    self.address = '100.127.255.1'
    tower.address = '100.127.255.2'
    expect(await call('http://')).toEqual({ hop: 'plain', message: expect.stringMatching(words) })
    expect(told).toEqual([])
  })

  it('is asked for TLS where no scheme is named, and has no token without a certificate for it', async () => {
    tailscaled.state = 'Stopped'
    expect(await call('')).toEqual({ hop: 'plain', message: expect.stringMatching(/switched off/) })
    await expect.poll(() => told.length).toBeGreaterThan(0)
    expect(told.join()).not.toContain(TOKEN)
  })

  it.each(['self', 'tower'] as const)(
    'has no token where it has guessed all addresses but that of %s',
    async (which) => {
      tailscaled.state = 'Running'
      self.address = which === 'self' ? '100.127.255.1' : two.nearAddress
      tower.address = which === 'tower' ? '100.127.255.2' : two.farAddress
      expect(await call('http://')).toMatchObject({ hop: 'plain' })
      expect(told).toEqual([])
    },
  )

  it('is not taken for one by what would be its tailnet: there the worker is told the token', async () => {
    tailscaled.state = 'Running'
    self.address = two.nearAddress
    tower.address = two.farAddress
    expect(await call('http://')).toEqual({ path: 'tailnet' })
    await expect.poll(() => told.join()).toContain(TOKEN)
  })
})
