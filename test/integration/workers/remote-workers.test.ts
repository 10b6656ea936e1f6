import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { LinkProxy } from '../../support/link-proxy.ts'
import { RegistryFixture } from '../../support/registry.ts'
import { TerminalScreen } from '../../support/terminal-screen.ts'

const NEVER = new AbortController().signal
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function keep<Thing extends AsyncDisposable>(starting: Promise<Thing>): Promise<Thing> {
  const thing = await starting
  closing.push(() => Promise.resolve(thing[Symbol.asyncDispose]()))
  return thing
}

type Worker = Awaited<ReturnType<typeof startWorker>>

/** An agent behind a link of its own, and the code that lets one client in. */
async function startWorker() {
  const agent = await keep(AgentProcess.start())
  const link = await keep(LinkProxy.start(() => agent.port))
  const code = async (): Promise<string> => (await agent.local().api.clients.pair({ scope: 'operate' })).code
  return { agent, link, host: `127.0.0.1:${link.port}`, code }
}

async function add(fixture: RegistryFixture, worker: Worker): Promise<string> {
  const outcome = await fixture.registry.add({ host: worker.host, code: await worker.code() })
  if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
  return outcome.worker.id
}

describe('a worker on another computer', () => {
  it('is added by code, used through ports, remembered without its token, and forgotten', async () => {
    const [fixture, worker] = await Promise.all([keep(RegistryFixture.start()), startWorker()])
    await expect
      .poll(() => fixture.registry.test(worker.host, NEVER))
      .toMatchObject({
        ...{ reached: true, path: 'loopback', docker: 'connected' },
      })
    const id = await add(fixture, worker)
    expect(fixture.summary(id)).toMatchObject({ kind: 'remote', status: 'active', path: 'loopback', diagnostics: [] })
    expect(await fixture.client(id).api.workspaces.list()).toEqual([])
    const token = fixture.keychain.secrets[id] ?? ''
    expect(token.length).toBeGreaterThan(30)
    expect(await readFile(fixture.file, 'utf8')).not.toContain(token)
    // The same one by another name: the code is spent, and the client that it made is gone again.
    const host = worker.host.replace('127.0.0.1', 'localhost')
    expect(await fixture.registry.add({ host, code: await worker.code() })).toMatchObject({ status: 'known' })
    expect(await worker.agent.local().api.clients.list()).toHaveLength(1)

    const other = await startWorker()
    fixture.embeddedAgentId = (await other.agent.local().api.info()).agentId
    expect(await fixture.registry.add({ host: other.host, code: await other.code() })).toMatchObject({
      status: 'known',
    })
    expect(await other.agent.local().api.clients.list()).toEqual([])

    worker.link.delayMs = 100
    await fixture.restart()
    await expect.poll(() => fixture.summary(id)?.status).toBe('active')
    expect(await fixture.client(id).api.workspaces.list()).toEqual([])
    await expect.poll(() => fixture.summary(id)?.roundTripMs, { timeout: 30_000 }).toBeGreaterThanOrEqual(200)

    await fixture.registry.remove(id)
    expect(fixture.summary(id)).toBeUndefined()
    expect(fixture.keychain.secrets).toEqual({})
    expect(await readFile(fixture.file, 'utf8')).not.toContain(id)
  })

  it('is cut off without the others noticing, and comes back with every event and every byte', async () => {
    const fixture = await keep(RegistryFixture.start())
    const workers = await Promise.all([startWorker(), startWorker(), startWorker()])
    const names = workers.map(() => uniqueName('far'))
    const ids: string[] = []
    for (const worker of workers) ids.push(await add(fixture, worker))
    await Promise.all(ids.map((id, at) => fixture.client(id).api.workspaces.create({ name: names[at] ?? '' })))
    const [near, cut, silent] = ids as [string, string, string]
    const [nearName, cutName] = names as [string, string, string]
    const [, cutWorker, silentWorker] = workers

    const heard: string[] = []
    fixture.client(cut).onEvent(({ id }) => void heard.push(id))
    const witnessed: string[] = []
    cutWorker.agent.local().onEvent(({ id }) => void witnessed.push(id))
    const script = 'for part in 1 2 3 4 5; do seq $(( (part - 1) * 4000 + 1 )) $(( part * 4000 )); read -r _; done'
    const screen = new TerminalScreen(fixture.client(cut), {
      workspace: cutName,
      create: { command: ['bash', '-c', `stty -echo; ${script}`] },
    })
    await screen.until(({ text }) => text.includes('\n4000\r\n'))

    cutWorker.link.cut()
    silentWorker.link.silence('up', 'down')
    await expect
      .poll(() => fixture.summary(cut))
      .toMatchObject({
        ...{ status: 'unreachable', retryAt: expect.any(String), lastSeenAt: expect.any(String) },
        diagnostics: [{ code: expect.stringMatching(/^remote_runtime_/), severity: 'error' }],
      })
    // What is typed and what happens meanwhile is for later; the others answer as if nothing were.
    screen.type('\n\n\n\n\n')
    for (let round = 0; round < 3; round += 1) {
      await cutWorker.agent.local().api.workspaces.rename({ name: cutName, title: `title ${round}` })
      expect(await fixture.client(near).api.workspaces.get({ name: nearName })).toMatchObject({ status: 'running' })
    }
    await expect.poll(() => fixture.summary(silent)?.status, { timeout: 60_000 }).toBe('unreachable')
    expect([fixture.summary(near)?.status, fixture.summary(cut)?.status]).toEqual(['active', 'unreachable'])

    cutWorker.link.mend()
    silentWorker.link.mend()
    fixture.registry.reconsider()
    await expect
      .poll(() => [fixture.summary(cut)?.status, fixture.summary(silent)?.status])
      .toEqual(['active', 'active'])
    await screen.until(({ client }) => client.state.status === 'exited', 120_000)
    expect(screen.text).toBe(Array.from({ length: 20_000 }, (_, line) => `${line + 1}\r\n`).join(''))
    const last = await cutWorker.agent.local().api.workspaces.rename({ name: cutName, title: 'last' })
    expect(last.title).toBe('last')
    await expect.poll(() => heard.length > 0 && heard.at(-1) === witnessed.at(-1)).toBe(true)
    const since = witnessed.indexOf(heard.find((id) => witnessed.includes(id)) ?? '')
    expect(heard.filter((id) => witnessed.includes(id))).toEqual(witnessed.slice(since))
    expect(new Set(heard).size).toBe(heard.length)
  })

  it('that revokes this computer ends all that stands on it, and lets it in again by a new code', async () => {
    const [fixture, worker] = await Promise.all([keep(RegistryFixture.start()), startWorker()])
    const id = await add(fixture, worker)
    const name = uniqueName('far')
    await fixture.client(id).api.workspaces.create({ name })
    const screen = new TerminalScreen(fixture.client(id), { workspace: name })
    await screen.until(({ client }) => client.state.status === 'live')
    const { api } = worker.agent.local()
    const [client] = await api.clients.list()
    await api.clients.revoke({ id: client?.id ?? '' })
    await screen.until((seen) => seen.client.state.status === 'failed')
    expect(screen.client.state).toMatchObject({ code: 'UNAUTHORIZED' })
    await expect
      .poll(() => fixture.summary(id))
      .toMatchObject({
        status: 'unauthorized',
        diagnostics: [{ code: 'remote_runtime_auth_failed' }],
      })
    await expect.poll(() => fixture.client(id).connection).toMatchObject({ status: 'refused', reason: 'unauthorized' })

    expect(await fixture.registry.pairAgain(id, 'ZZZZ-ZZZZ')).toMatchObject({ status: 'code_refused' })
    expect(await fixture.registry.pairAgain(id, await worker.code())).toMatchObject({ status: 'added' })
    await expect.poll(() => fixture.summary(id)?.status).toBe('active')
    fixture.client(id).retryNow()
    expect(await fixture.client(id).api.workspaces.get({ name })).toMatchObject({ name })
  })

  it('leaves no secret and no address in what crosses to a screen, the list of workers, or the log', async () => {
    const [fixture, worker] = await Promise.all([keep(RegistryFixture.start()), startWorker()])
    const code = await worker.code()
    const outcome = await fixture.registry.add({ host: worker.host, code })
    const id = outcome.status === 'added' ? outcome.worker.id : ''
    await fixture.client(id).api.workspaces.list()
    worker.link.cut()
    await expect.poll(() => fixture.summary(id)?.status).toBe('unreachable')
    const { message, ...again } = { message: '', ...(await fixture.registry.pairAgain(id, code)) }
    const token = fixture.keychain.secrets[id] ?? ''
    expect(token).not.toBe('')
    const crossed = [...fixture.crossed, JSON.stringify([outcome, message, again])].join('\n')
    const file = await readFile(fixture.file, 'utf8')
    const logged = fixture.logged.join('\n')
    expect(crossed).toContain(id)
    for (const secret of [token, code]) {
      for (const place of [crossed, file, logged]) expect(place.includes(secret)).toBe(false)
    }
    for (const place of [worker.host, String(worker.link.port), fixture.folder, worker.agent.configDir]) {
      expect([place, crossed.includes(place), logged.includes(place)]).toEqual([place, false, false])
    }
  })
})
