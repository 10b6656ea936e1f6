import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containerName, homeVolumeName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, collectEvents, run } from '../../support/core.ts'
import { dockerInspect } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'
import { storedSecrets } from '../../support/stored-secrets.ts'

const SECRET = 'a-value-that-nobody-may-find-again'
const CAP_NET_RAW = 1n << 13n

const ONE = uniqueName('one')

describe('a workspace from its creation to its end', () => {
  let fixture: CoreFixture
  beforeAll(async () => {
    fixture = await CoreFixture.start()
  })
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
  })

  it('is made in named steps, each told with its duration', async () => {
    const { events, stop } = collectEvents(fixture.core)
    const info = await fixture.core.workspaces.create({
      name: ONE,
      env: { PLANTED: SECRET },
      resources: { cpus: 0.5, pids: 200 },
    })
    expect(info).toMatchObject({
      status: 'running',
      runtime: { status: 'ready' },
      template: 'base',
      type: 'persistent',
    })
    expect(info.resources).toMatchObject({ cpus: 0.5, pids: 200 })
    await new Promise(setImmediate)
    stop()
    const done = events.flatMap((event) =>
      event.type === 'workspace.step' && event.step.state === 'done' ? [event.step] : [],
    )
    expect(done.map(({ name }) => name)).toEqual(['image', 'create', 'start', 'runtime'])
    for (const step of done) expect(step.durationMs).toBeGreaterThanOrEqual(0)
    expect(events.some((event) => event.type === 'workspace.created')).toBe(true)
  })

  it('stands in a container with limits, alone on its network, and with nothing secret to be read from outside', async () => {
    const inspected = await dockerInspect(containerName(ONE))
    const { HostConfig: host } = inspected
    expect(host).toMatchObject({ Privileged: false, NanoCpus: 5e8, PidsLimit: 200, NetworkMode: 'berth', Init: true })
    expect(host.Memory).toBeGreaterThan(0)
    expect(host.Tmpfs).toHaveProperty('/run/berth')
    expect(host.RestartPolicy.Name).toBe('unless-stopped')
    for (const bindings of Object.values(host.PortBindings)) expect(bindings[0]?.HostIp).toBe('127.0.0.1')
    expect(JSON.stringify(inspected)).not.toContain(SECRET)
    expect(JSON.stringify(inspected)).not.toContain('PLANTED')
  })

  it('lets nobody in it, root included, write frames that pass for another’s', async () => {
    expect((await dockerInspect(containerName(ONE))).HostConfig.CapDrop).toEqual(['NET_RAW'])
    const status = await run(fixture.core, ONE, 'sudo', 'cat', '/proc/self/status')
    for (const set of ['CapEff', 'CapPrm', 'CapBnd']) {
      const capabilities = BigInt(`0x${new RegExp(`^${set}:\\s+([0-9a-f]+)$`, 'm').exec(status)?.[1] ?? ''}`)
      // Root it is: CAP_CHOWN and CAP_SETUID, numbers from capability.h.
      expect(capabilities & 0b1000_0001n, set).toBe(0b1000_0001n)
      expect(capabilities & CAP_NET_RAW, set).toBe(0n)
    }
  })

  it('gives its environment to programs in it, and keeps it nowhere else but in a file of its owner', async () => {
    expect((await run(fixture.core, ONE, 'printenv', 'PLANTED')).trim()).toBe(SECRET)
    expect(await readFile(path.join(fixture.configDir, 'state.json'), 'utf8')).not.toContain(SECRET)
    expect(Object.values(await storedSecrets(fixture.configDir))).toEqual([SECRET])
    expect((await stat(path.join(fixture.configDir, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })

  it('keeps its home over stop, start and restart', async () => {
    const { workspaces } = fixture.core
    await run(fixture.core, ONE, 'sh', '-c', 'echo kept > ~/file')
    expect(await workspaces.stop(ONE)).toMatchObject({ status: 'stopped' })
    expect(workspaces.get(ONE).runtime).toBeUndefined()
    expect(await workspaces.terminals(ONE)).toEqual([])
    await expect(workspaces.runtimeEndpoint(ONE)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(await workspaces.start(ONE)).toMatchObject({ status: 'running', runtime: { status: 'ready' } })
    expect(await run(fixture.core, ONE, 'sh', '-c', 'cat ~/file')).toBe('kept\n')
    expect(await workspaces.restart(ONE)).toMatchObject({ status: 'running' })
    expect(await run(fixture.core, ONE, 'sh', '-c', 'cat ~/file')).toBe('kept\n')
  })

  it('has a log of its set-up', async () => {
    const log = await fixture.core.workspaces.logs(ONE, 100)
    expect(log).toMatch(/image done in/)
    expect(log).not.toContain(SECRET)
    expect((await fixture.core.workspaces.logs(ONE, 1)).split('\n')).toHaveLength(1)
  })

  it('is not deleted while it holds work that exists nowhere else', async () => {
    const make = 'cd ~ && git init -q repo && cd repo && echo x > file'
    await run(fixture.core, ONE, 'sh', '-c', make)
    const refusal = fixture.core.workspaces.delete(ONE, { force: false })
    await expect(refusal).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', data: { report: { clean: false } } })
    expect(fixture.core.workspaces.get(ONE).status).toBe('running')
    await fixture.core.workspaces.stop(ONE)
    // Judged by what was found when it was stopped.
    expect(await fixture.core.workspaces.deletionReport(ONE)).toMatchObject({ clean: false })
  })

  it('leaves nothing when it is deleted', async () => {
    await fixture.core.workspaces.delete(ONE, { force: true })
    expect(fixture.core.workspaces.list()).toEqual([])
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
    expect(await fixture.engine.volumes.find(homeVolumeName(ONE))).toBeUndefined()
    expect(await storedSecrets(fixture.configDir)).toEqual({})
    await expect(fixture.core.workspaces.delete(ONE, { force: true })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a workspace whose runtime is reached by a published port', () => {
  it('works the same', async () => {
    const fixture = await CoreFixture.start({ config: { engine: { runtimeAddress: 'published' } } })
    try {
      await fixture.core.workspaces.create({ name: 'published' })
      expect((await fixture.core.workspaces.runtimeEndpoint('published')).host).toBe('127.0.0.1')
      expect((await run(fixture.core, 'published', 'hostname')).trim()).toBe('published')
      await fixture.core.workspaces.restart('published')
      expect((await run(fixture.core, 'published', 'hostname')).trim()).toBe('published')

      // While it is deleted nobody's question starts a runtime that would be looked for ever after.
      const deletion = fixture.core.workspaces.delete('published', { force: true })
      await expect.poll(() => fixture.core.workspaces.get('published').activity?.verb).toBe('deleting')
      const asked = fixture.core.workspaces.runtimeEndpoint('published')
      await expect(asked).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
      await deletion
    } finally {
      await fixture[Symbol.asyncDispose]()
    }
  })
})
