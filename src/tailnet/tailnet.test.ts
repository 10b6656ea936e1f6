import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StandInTailscaled } from '../../test/support/tailscaled.ts'
import { runProgram } from './run-program.ts'
import { openTailnet } from './tailnet.ts'

let folder: string
let tailscaled: StandInTailscaled
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  tailscaled = await StandInTailscaled.start(folder, {
    self: { name: 'desk', address: '100.64.0.1', login: 'me@example.com' },
    peers: [
      { name: 'laptop', address: '100.64.0.2', login: 'me@example.com' },
      { name: 'server', address: '100.64.0.3', login: 'me@example.com', tags: ['tag:server'], isOnline: false },
      { name: 'se-sto-wg-001.mullvad.ts.net', address: '100.64.0.4', login: '' },
    ],
  })
})
afterAll(async () => {
  await tailscaled[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  tailscaled.state = 'Running'
  tailscaled.isStuck = false
})

const nothing = () => Promise.resolve('absent' as const)
const open = (socketPath = tailscaled.socketPath) => openTailnet({ socketPath, run: nothing })

describe('the state of Tailscale', () => {
  it('is this computer and the others, with their full names', async () => {
    expect(await open().status()).toEqual({
      state: 'ready',
      hasMagicDns: true,
      self: { name: 'desk.tail1234.ts.net', addresses: ['100.64.0.1'] },
      peers: [
        { name: 'laptop.tail1234.ts.net', label: 'laptop', os: 'linux', addresses: ['100.64.0.2'], isOnline: true },
        {
          ...{ name: 'server.tail1234.ts.net', label: 'server', os: 'linux', addresses: ['100.64.0.3'] },
          ...{ isOnline: false, lastSeenAt: '2026-01-02T03:04:05.000Z' },
        },
      ],
    })
  })

  it.each([
    ['Stopped', 'stopped'],
    ['NeedsLogin', 'signed_out'],
    ['NeedsMachineAuth', 'unapproved'],
    ['Starting', 'stopped'],
  ] as const)('is a sentence where it is %s', async (state, told) => {
    tailscaled.state = state
    expect(await open().status()).toEqual({ state: told, message: expect.stringMatching(/^Tailscale .*\w$|\.$/) })
  })

  it('is told apart where there is no Tailscale, where it is off, and where it does not answer', async () => {
    const gone = path.join(folder, 'gone.sock')
    expect(await open(gone).status()).toMatchObject({ state: 'absent' })
    const off = openTailnet({ socketPath: gone, run: () => Promise.resolve({ code: 1, stdout: '' }) })
    expect(await off.status()).toMatchObject({ state: 'stopped' })
    tailscaled.isStuck = true
    expect(await open().status()).toMatchObject({ state: 'failed' })
  })

  it('is had from the command where there is no socket of ours', async () => {
    const asked: string[] = []
    // Numbers of users may be larger than what a double holds.
    const stdout = '{"BackendState":"NeedsLogin","Self":{"UserID":9007199254740993}}'
    const run = (program: string, args: readonly string[]) => {
      asked.push([program, ...args].join(' '))
      return Promise.resolve({ code: 1, stdout })
    }
    expect(await openTailnet({ socketPath: path.join(folder, 'gone.sock'), run }).status()).toMatchObject({
      state: 'signed_out',
    })
    expect(asked).toEqual(['tailscale status --json'])
  })
})

describe('who is behind an address', () => {
  it('is a user and a computer', async () => {
    const me = { login: 'me@example.com', user: 'me@example.com', node: 'laptop.tail1234.ts.net' }
    expect(await open().whois('100.64.0.2:40000')).toEqual(me)
  })

  it('is nobody: an address of no computer, and a computer with tags', async () => {
    expect(await open().whois('100.64.0.99:1')).toBeUndefined()
    expect(await open().whois('100.64.0.3:1')).toBeUndefined()
  })

  it('is not known where Tailscale cannot be asked', async () => {
    await expect(open(path.join(folder, 'gone.sock')).whois('100.64.0.2:1')).rejects.toThrow()
    tailscaled.isStuck = true
    await expect(open().whois('100.64.0.2:1')).rejects.toThrow()
  })
})

it('a program is run without a shell, and its code and output are told', async () => {
  const script = 'console.log(process.argv[1]); process.exit(3)'
  expect(await runProgram(process.execPath, ['-e', script, '$(id) "x"'])).toEqual({ code: 3, stdout: '$(id) "x"\n' })
  expect(await runProgram('no-such-program-of-ours', [])).toBe('absent')
})
