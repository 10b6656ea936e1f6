import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import os from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import type { AddWorker } from '../../../src/contract/desktop/pairing.ts'
import { kindOfAddress } from '../../../src/tailnet/address-kind.ts'
import { RegistryFixture } from '../../support/registry.ts'
import { type Certificate, StandInAgent, selfSigned } from '../../support/stand-in-agent.ts'

const NEVER = new AbortController().signal
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(certificate?: Certificate) {
  const fixture = await RegistryFixture.start()
  closing.push(() => fixture[Symbol.asyncDispose]())
  const agent = await StandInAgent.start(certificate)
  closing.push(() => agent[Symbol.asyncDispose]())
  return { fixture, agent, host: `${certificate === undefined ? '' : 'https://'}127.0.0.1:${agent.port}` }
}

async function added(fixture: RegistryFixture, wanted: AddWorker) {
  const outcome = await fixture.registry.add(wanted)
  if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
  return outcome.worker
}

describe('a worker whose certificate no authority vouches for', () => {
  it('gets no code before its certificate is trusted, and no token once it has another', async () => {
    const [first, second] = [await selfSigned(), await selfSigned()]
    const { fixture, agent, host } = await start(first)
    const { fingerprint256: fingerprint } = new X509Certificate(first.cert)
    expect(await fixture.registry.test(host, NEVER)).toMatchObject({ reached: true, path: 'tls', fingerprint })
    const untrusted = await fixture.registry.add({ host, code: 'KF7M-2QXD' })
    expect(untrusted).toMatchObject({ status: 'unreached', probe: { hop: 'tls' } })
    const another = new X509Certificate(second.cert).fingerprint256
    const changed = await fixture.registry.add({ host, code: 'KF7M-2QXD', fingerprint: another })
    expect(changed.status).toBe('fingerprint_changed')
    expect(agent.secrets).toEqual([])

    const { id } = await added(fixture, { host, code: 'KF7M-2QXD', fingerprint })
    expect(fixture.summary(id)).toMatchObject({ status: 'active', path: 'tls', label: 'stand-in' })
    await agent.stop()
    agent.secrets.splice(0)
    await agent.listen(second)
    await expect
      .poll(() => fixture.summary(id)?.diagnostics)
      .toMatchObject([{ code: 'remote_runtime_untrusted', severity: 'error' }])
    expect(await fixture.registry.pairAgain(id, 'KF7M-2QXD')).toMatchObject({ status: 'fingerprint_changed' })
    expect(agent.secrets).toEqual([])

    await agent.stop()
    await agent.listen(first)
    fixture.registry.reconsider()
    await expect.poll(() => fixture.summary(id)?.status).toBe('active')
  })
})

describe('another agent at the address of a worker', () => {
  it('is told nothing after its greeting, until a person pairs with it', async () => {
    const { fixture, agent, host } = await start()
    const { id } = await added(fixture, { host, code: 'KF7M-2QXD' })
    await agent.stop()
    agent.agentId = 'somebody-else'
    agent.secrets.splice(0)
    await agent.listen()
    fixture.registry.reconsider()
    await expect
      .poll(() => fixture.summary(id))
      .toMatchObject({
        status: 'unauthorized',
        diagnostics: [{ code: 'remote_runtime_untrusted', message: expect.stringMatching(/^Another agent answers/) }],
      })
    await expect.poll(() => fixture.client(id).connection).toMatchObject({ status: 'refused', reason: 'unauthorized' })
    fixture.registry.reconsider()
    await expect(fixture.client(id).api.workspaces.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(agent.secrets).toHaveLength(1)

    expect(await fixture.registry.pairAgain(id, 'KF7M-2QXD')).toMatchObject({ status: 'added' })
    await expect.poll(() => fixture.summary(id)).toMatchObject({ status: 'active', diagnostics: [] })
  })
})

describe('a worker that was added without a code', () => {
  it('is paired with where it asks for a token later, also after a restart', async () => {
    const { fixture, agent, host } = await start()
    const { id } = await added(fixture, { host })
    await agent.stop()
    agent.needsToken = true
    await agent.listen()
    fixture.registry.reconsider()
    await expect.poll(() => fixture.summary(id)?.status).toBe('unauthorized')
    expect(await fixture.registry.pairAgain(id, 'KF7M-2QXD')).toMatchObject({ status: 'added' })
    await expect.poll(() => fixture.summary(id)?.status).toBe('active')
    await fixture.restart()
    await expect.poll(() => fixture.summary(id)?.status).toBe('active')
  })
})

describe('plain text', () => {
  const address = Object.values(os.networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(
      ({ family, internal, address: each }) => family === 'IPv4' && !internal && kindOfAddress(each) === 'other',
    )?.address

  it.skipIf(address === undefined)('is spoken to no address beyond this computer and its tailnet', async () => {
    const { fixture } = await start()
    let received = 0
    const server = net.createServer(
      (socket) =>
        void socket.on('data', (data) => {
          received += data.length
        }),
    )
    server.listen(0, address)
    await once(server, 'listening')
    closing.push(async () => void server.close())
    const bound = server.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    const outcome = await fixture.registry.add({ host: `http://${address}:${port}`, code: 'KF7M-2QXD' })
    expect(outcome).toMatchObject({ status: 'unreached', probe: { hop: 'plain' } })
    expect(received).toBe(0)
  })
})

describe('a worker of another version', () => {
  it.each([
    ['0.9', /older: update Berth there/],
    ['2.0', /newer: update Berth here/],
  ])(
    '%s is not added, and one that became so is incompatible; both say which side to update',
    async (protocol, words) => {
      const { fixture, agent, host } = await start()
      const { id } = await added(fixture, { host, code: 'KF7M-2QXD' })
      agent.protocol = protocol
      expect(await fixture.registry.test(host, NEVER)).toMatchObject({
        hop: 'version',
        message: expect.stringMatching(words),
      })
      await agent.stop()
      await agent.listen()
      await expect
        .poll(() => fixture.summary(id))
        .toMatchObject({
          status: 'incompatible',
          diagnostics: [{ code: 'remote_runtime_version_mismatch', message: expect.stringMatching(words) }],
        })
      await expect
        .poll(() => fixture.client(id).connection)
        .toMatchObject({
          ...{ status: 'refused', reason: 'incompatible', message: expect.stringMatching(words) },
        })
      agent.protocol = '1.0'
      await agent.stop()
      await agent.listen()
      fixture.registry.retry(id)
      await expect.poll(() => fixture.summary(id)?.status).toBe('active')
    },
  )
})

describe('what is not there', () => {
  it('is told apart: no address, no computer, no listener, no agent, no such worker, not for this one', async () => {
    const { fixture, agent } = await start()
    const probe = (host: string) => fixture.registry.test(host, NEVER)
    expect(await probe('-oProxyCommand=touch')).toMatchObject({ reached: false, hop: 'address' })
    expect(await probe('no-such-computer.invalid')).toMatchObject({ reached: false, hop: 'name' })
    const page = net.createServer((socket) => void socket.end('hello\n', () => void socket.destroy()))
    page.listen(0, '127.0.0.1')
    await once(page, 'listening')
    const bound = page.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    expect(await probe(`127.0.0.1:${port}`)).toMatchObject({ reached: false, hop: 'agent' })
    await new Promise((resolve) => page.close(resolve))
    expect(await probe(`127.0.0.1:${port}`)).toMatchObject({ reached: false, hop: 'port' })
    await expect(fixture.registry.rename('w-unknown', 'x')).rejects.toMatchObject({ name: 'UnknownWorker' })
    await expect(fixture.registry.remove('local')).rejects.toMatchObject({ name: 'UnsupportedOperation' })
    await added(fixture, { host: `127.0.0.1:${agent.port}`, code: 'KF7M-2QXD' })
    expect(await fixture.registry.add({ host: `127.0.0.1:${agent.port}`, code: 'X' })).toMatchObject({
      status: 'known',
    })
    expect(await fixture.registry.add({ host: `localhost:${agent.port}`, code: 'X' })).toMatchObject({
      status: 'known',
    })
  })
})

describe('the keychain', () => {
  it('is not there: a token lives until the app ends, which is said, and goes in when it comes back', async () => {
    const { fixture, host } = await start()
    fixture.keychain.isThere = false
    expect(await fixture.registry.add({ host, code: 'KF7M-2QXD' })).toMatchObject({ status: 'vault_unavailable' })
    expect(fixture.registry.summaries.value).toHaveLength(1)
    // The code still counts.
    const { id } = await added(fixture, { host, code: 'KF7M-2QXD', untilQuit: true })
    const codes = (): string[] | undefined => fixture.summary(id)?.diagnostics.map(({ code }) => code)
    expect([fixture.summary(id)?.status, codes()]).toEqual(['active', ['remote_runtime_token_in_memory']])
    fixture.keychain.isThere = true
    await fixture.retryKeychain()
    await expect.poll(codes).toEqual([])
    expect(Object.keys(fixture.keychain.secrets)).toEqual([id])

    fixture.keychain.isThere = false
    await fixture.restart()
    await expect.poll(() => fixture.summary(id)?.status).toBe('unauthorized')
    expect(codes()).toEqual(['remote_runtime_token_missing'])
    fixture.keychain.isThere = true
    fixture.registry.reconsider()
    await expect.poll(() => fixture.summary(id)?.status).toBe('active')
  })
})
