import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM_CLOCK } from '../../../src/agent/lifetimes/clock.ts'
import { CoreFixture, collectEvents, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const WEEK_MS = 604_800_000

let fixture: CoreFixture
let setForwardMs = 0
beforeAll(async () => {
  fixture = await CoreFixture.start({ clock: { ...SYSTEM_CLOCK, now: () => Date.now() + setForwardMs } })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
})

const sh = (name: string, script: string): Promise<string> => run(fixture.core, name, 'sh', '-c', script)
const isGone = (name: string): boolean => !fixture.core.workspaces.list().some((one) => one.name === name)
const leftOf = async (name: string): Promise<string[]> =>
  (await leftOvers(fixture.engine, fixture.agentId)).filter((what) => what.includes(`workspace-${name}`))

describe('a temporary workspace', () => {
  it('is deleted when it is stopped, and leaves nothing', async () => {
    const { workspaces } = fixture.core
    expect(await workspaces.create({ name: 'brief', type: 'temporary' })).toMatchObject({ type: 'temporary' })
    await workspaces.restart('brief')
    expect(workspaces.get('brief').status).toBe('running')
    expect(await workspaces.stop('brief')).toMatchObject({ status: 'stopped' })
    expect(isGone('brief')).toBe(true)
    expect(await leftOf('brief')).toEqual([])
  })

  it('is kept where work would be lost, also what was saved only when it was stopped, and says so', async () => {
    const { workspaces } = fixture.core
    await workspaces.create({ name: 'laden', type: 'temporary' })
    const saving = `trap 'echo work >~/saved; exit' TERM; touch /tmp/up; while :; do sleep 0.1; done`
    await sh(
      'laden',
      `setsid nohup sh -c "${saving}" </dev/null >/dev/null 2>&1 & until test -e /tmp/up; do sleep 0.05; done`,
    )
    const { events, stop } = collectEvents(fixture.core)
    const stopped = await workspaces.stop('laden')
    expect(stopped).toMatchObject({ status: 'stopped', notice: { code: 'kept' } })
    await new Promise(setImmediate)
    stop()
    expect(events).toContainEqual(expect.objectContaining({ code: 'workspace_kept', workspace: 'laden' }))
    expect(await workspaces.deletionReport('laden')).toMatchObject({ reasons: [{ kind: 'untracked', count: 1 }] })
    await workspaces.start('laden')
    expect(workspaces.get('laden').notice).toBeUndefined()
    await sh('laden', 'rm ~/saved')
    await workspaces.stop('laden')
    expect(isGone('laden')).toBe(true)
  })

  it('is kept when somebody stops its container by hand: nobody could look', async () => {
    const { core } = fixture
    await core.workspaces.create({ name: 'by-hand', type: 'temporary' })
    await docker('stop', '-t', '0', 'workspace-by-hand')
    await until(core, () => core.workspaces.get('by-hand').status === 'stopped')
    expect(await core.workspaces.deletionReport('by-hand')).toMatchObject({ reasons: [{ kind: 'unknown' }] })
    await core.workspaces.delete('by-hand', { force: true })
  })
})

describe('a workspace that a program made', () => {
  it('is announced to end when nobody uses it, then ends, and leaves nothing', async () => {
    const { core } = fixture
    await core.workspaces.create({ name: 'unused' })
    const { events, stop } = collectEvents(core)
    await core.workspaces.update({ name: 'unused', type: 'agent', ttlSeconds: 2 })
    await until(core, () => isGone('unused'))
    stop()
    const about = events.flatMap((event) =>
      event.type === 'agent.warning' ? [event.code] : event.type === 'workspace.deleted' ? [event.name] : [],
    )
    expect(about).toEqual(['workspace_expiring', 'unused'])
    expect(await leftOf('unused')).toEqual([])
  })

  it('is stopped and kept when it holds work, until somebody starts it or sees to that', async () => {
    const { core } = fixture
    await core.workspaces.create({ name: 'working' })
    await sh('working', 'cd ~ && git init -q repo && echo x >repo/file')
    await core.workspaces.update({ name: 'working', type: 'agent', ttlSeconds: 2 })
    await until(core, () => core.workspaces.get('working').notice?.code === 'kept')
    expect(core.workspaces.get('working')).toMatchObject({ status: 'stopped', type: 'agent' })
    expect(core.workspaces.get('working').expiresAt).toBeUndefined()
    await core.workspaces.update({ name: 'working', type: 'persistent' })
    expect(core.workspaces.get('working').ttlSeconds).toBeUndefined()
  })

  it('is not deleted when somebody touches it while it is stopped for the last time', async () => {
    const { core } = fixture
    await core.workspaces.create({ name: 'saved' })
    // Takes its time to end, until it may.
    const lingering = `trap 'touch /tmp/ending; until test -e /tmp/touched; do sleep 0.1; done; exit' TERM`
    await sh(
      'saved',
      `setsid nohup sh -c "${lingering}; touch /tmp/up; while :; do sleep 0.1; done" </dev/null >/dev/null 2>&1 & until test -e /tmp/up; do sleep 0.05; done`,
    )
    await core.workspaces.update({ name: 'saved', type: 'agent', ttlSeconds: 2 })
    await until(core, () => core.workspaces.get('saved').activity?.verb === 'stopping')
    // Short ones, one after the other: what runs longer in there is ended with the rest.
    const isEnding = (): Promise<boolean> =>
      docker('exec', 'workspace-saved', 'test', '-e', '/tmp/ending').then(
        () => true,
        () => false,
      )
    await expect.poll(isEnding, { timeout: 8_000 }).toBe(true)
    await core.workspaces.update({ name: 'saved', ttlSeconds: 3600 })
    core.workspaces.touch('saved')
    await docker('exec', 'workspace-saved', 'touch', '/tmp/touched')
    await until(core, () => isGone('saved') || core.workspaces.get('saved').status === 'stopped')
    await until(core, () => isGone('saved') || core.workspaces.get('saved').activity === undefined)
    expect(core.workspaces.get('saved')).toMatchObject({ status: 'stopped', type: 'agent' })
    expect(Date.parse(core.workspaces.get('saved').expiresAt ?? '')).toBeGreaterThan(Date.now() + 3_000_000)
    expect(await core.workspaces.start('saved')).toMatchObject({ status: 'running' })
    await core.workspaces.delete('saved', { force: true })
  })

  it('lives on for whoever touches it, is at work in it, or comes back after a week', async () => {
    const { core } = fixture
    await core.workspaces.create({ name: 'used', type: 'agent', ttlSeconds: 3600 })
    const before = core.workspaces.get('used').expiresAt ?? ''
    expect(Date.parse(before)).toBeGreaterThan(Date.now())
    await sh('used', 'sleep 2')
    const touched = core.workspaces.touch('used')
    expect(Date.parse(touched.expiresAt ?? '')).toBeGreaterThan(Date.parse(before) + 1500)
    await fixture.stopCore()
    setForwardMs = WEEK_MS
    const back = await fixture.startCore()
    try {
      await until(back, () => back.workspaces.get('used').notice?.code === 'expiring')
      const left = Date.parse(back.workspaces.get('used').expiresAt ?? '') - (Date.now() + WEEK_MS)
      expect(left).toBeGreaterThan(300_000)
      expect(left).toBeLessThanOrEqual(600_000)
      expect(back.workspaces.get('used').status).toBe('running')
      expect(back.workspaces.touch('used').notice).toBeUndefined()
    } finally {
      setForwardMs = 0
      await fixture.restartCore()
    }
  })
})

describe('a workspace that nobody uses', () => {
  it('is stopped, but not while a program runs in a terminal', async () => {
    const { core } = fixture
    await core.workspaces.create({ name: 'idle' })
    const { host, port, token } = await core.workspaces.runtimeEndpoint('idle')
    const probe = await TerminalProbe.attach({ url: `http://${host}:${port}`, token }, { create: {} })
    probe.type(`sh -c 'echo up; until test -e /tmp/end; do sleep 0.1; done'\r`)
    await probe.untilText(/^up/m)
    await core.workspaces.update({ name: 'idle', idleStopSeconds: 1 })
    // It is looked at whenever its time is over, and each time found to be at work.
    const seen = new Set<string | undefined>()
    await until(core, () => seen.add(core.workspaces.get('idle').lastActiveAt).size > 2)
    expect(core.workspaces.get('idle').status).toBe('running')
    await sh('idle', 'touch /tmp/end')
    await until(core, () => core.workspaces.get('idle').notice?.code === 'idle_stopped')
    expect(core.workspaces.get('idle')).toMatchObject({ status: 'stopped', idleStopSeconds: 1 })
    await core.workspaces.update({ name: 'idle', idleStopSeconds: 0 })
    expect((await core.workspaces.start('idle')).notice).toBeUndefined()
  })
})

describe('a workspace that is changed', () => {
  it('has its new limits at once, its title, and no more than the worker has', async () => {
    const { workspaces } = fixture.core
    const { resources } = await workspaces.create({ name: 'changed' })
    const changed = await workspaces.update({ name: 'changed', title: 'Mine', resources: { cpus: 0.5, pids: 300 } })
    expect(changed).toMatchObject({ title: 'Mine', resources: { ...resources, cpus: 0.5, pids: 300 } })
    expect(
      await docker('inspect', '-f', '{{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}', 'workspace-changed'),
    ).toBe('500000000 300')
    expect((await workspaces.update({ name: 'changed', title: '' })).title).toBeUndefined()
    // One change waits for the engine while another is made: both last.
    await Promise.all([
      workspaces.update({ name: 'changed', resources: { pids: 400 } }),
      workspaces.update({ name: 'changed', idleStopSeconds: 7_200 }),
    ])
    expect(workspaces.get('changed')).toMatchObject({ resources: { pids: 400 }, idleStopSeconds: 7_200 })
    await workspaces.update({ name: 'changed', startScript: 'echo ran >~/ran' })
    await workspaces.restart('changed')
    expect(await sh('changed', 'until test -e ~/ran; do sleep 0.1; done; cat ~/ran')).toBe('ran\n')
    expect((await workspaces.update({ name: 'changed', startScript: '' })).startScript).toBeUndefined()
    const tooMuch = workspaces.update({ name: 'changed', resources: { cpus: 1000 } })
    await expect(tooMuch).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const noEnd = workspaces.update({ name: 'changed', ttlSeconds: 60 })
    await expect(noEnd).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(workspaces.get('changed').resources.cpus).toBe(0.5)
  })
})
