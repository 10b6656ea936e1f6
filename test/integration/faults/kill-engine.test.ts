import { afterEach, describe, expect, it } from 'vitest'
import { WORKSPACE_NETWORK } from '../../../src/domain/engine-names.ts'
import { CoreFixture, run, until } from '../../support/core.ts'
import { leftOvers } from '../../support/engine.ts'
import { OwnEngine, ownEngineProblem } from '../../support/own-engine.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(liveRestore: boolean): Promise<{ engine: OwnEngine; fixture: CoreFixture }> {
  const engine = await OwnEngine.start({ liveRestore })
  closing.push(() => engine[Symbol.asyncDispose]())
  const { environment } = engine
  const fixture = await CoreFixture.start({ environment, engineEnvironment: environment })
  closing.push(() => fixture[Symbol.asyncDispose]())
  return { engine, fixture }
}

const problem = await ownEngineProblem()

describe.skipIf(problem !== undefined)('an engine that is killed', () => {
  it('and keeps what runs: workspaces and their terminals are found again as they were', async () => {
    const { engine, fixture } = await start(true)
    const { core } = fixture
    await core.workspaces.create({ name: 'staying', image: engine.image })
    const { host, port, token } = await core.workspaces.runtimeEndpoint('staying')
    const at = { url: `http://${host}:${port}`, token }
    const probe = await TerminalProbe.attach(at, { create: {} })
    probe.type('echo before\r')
    await probe.untilText(/^before/m)
    await engine.kill()
    await until(core, () => core.engine.state.status !== 'ready')
    // The engine is not in the way of who works in a workspace.
    probe.type('echo while-it-is-gone\r')
    await probe.untilText(/^while-it-is-gone/m)
    expect(core.workspaces.get('staying').status).toBe('running')
    await expect(core.workspaces.stop('staying')).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    await engine.startDaemon()
    await until(core, () => core.engine.state.status === 'ready')
    expect((await core.workspaces.terminals('staying')).map(({ id }) => id)).toEqual([probe.terminal])
    await core.workspaces.delete('staying', { force: true })
    await fixture.stopCore()
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  })

  it('had its networks pruned while all was stopped: a start makes the network anew, and keeps what is in the container', async () => {
    const { engine, fixture } = await start(false)
    const { workspaces } = fixture.core
    await workspaces.create({ name: 'lonely', image: engine.image })
    const { containerId } = workspaces.get('lonely')
    await engine.docker('exec', containerId, 'touch', '/outside-of-the-home')
    await workspaces.stop('lonely')
    await engine.docker('network', 'rm', WORKSPACE_NETWORK)
    expect(await workspaces.start('lonely')).toMatchObject({ status: 'running', containerId })
    expect(await run(fixture.core, 'lonely', 'ls', '/outside-of-the-home')).toBe('/outside-of-the-home\n')
    expect(await engine.docker('network', 'inspect', '--format', '{{len .Containers}}', WORKSPACE_NETWORK)).toBe('1')
    await workspaces.delete('lonely', { force: true })
  })

  it('and ends what runs: nothing is deleted for it, or taken for saved, and all can go on', async () => {
    const { engine, fixture } = await start(false)
    const { core } = fixture
    await core.workspaces.create({ name: 'passing', image: engine.image, type: 'temporary' })
    await run(core, 'passing', 'sh', '-c', 'echo kept >~/file')
    const creation = core.workspaces.create({ name: 'caught', image: engine.image })
    await until(core, () => core.workspaces.list().some(({ name }) => name === 'caught'))
    await engine.kill()
    const caught = await creation
    await until(core, () => core.engine.state.status !== 'ready')
    await engine.startDaemon()
    await until(core, () => core.engine.state.status === 'ready')
    // An engine that was killed does not begin again what it ends for that.
    await until(core, () => core.workspaces.get('passing').status === 'stopped')
    expect(await core.workspaces.deletionReport('passing')).toMatchObject({ reasons: [{ kind: 'unknown' }] })
    await core.workspaces.start('passing')
    expect(await run(core, 'passing', 'sh', '-c', 'cat ~/file')).toBe('kept\n')
    if (caught.status === 'error') expect(caught.failure?.hint).toBeDefined()
    await core.workspaces.start('caught')
    expect(core.workspaces.get('caught').status).toBe('running')

    // One that is restarted as it should be begins them again by itself.
    const before = core.workspaces.get('passing').startedAt
    await engine.stop()
    await engine.startDaemon()
    await until(core, () => core.workspaces.get('passing').startedAt !== before)
    await until(core, () => core.workspaces.get('passing').runtime?.status === 'ready')
    expect(await run(core, 'passing', 'sh', '-c', 'cat ~/file')).toBe('kept\n')
    for (const { name } of core.workspaces.list()) await core.workspaces.delete(name, { force: true })
    await fixture.stopCore()
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  })
})
