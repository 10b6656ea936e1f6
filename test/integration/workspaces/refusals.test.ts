import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CreateWorkspace } from '../../../src/contract/agent/workspace.ts'
import { containerName, homeVolumeName } from '../../../src/domain/engine-names.ts'
import { CoreFixture, collectEvents } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'
import { storedSecrets } from '../../support/stored-secrets.ts'

describe('what is refused', () => {
  let fixture: CoreFixture
  const foreign: string[][] = []

  beforeAll(async () => {
    fixture = await CoreFixture.start()
  })
  afterEach(async () => {
    for (const command of foreign.splice(0)) await docker(...command)
  })
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
  })

  async function expectNothing(): Promise<void> {
    expect(fixture.core.workspaces.list()).toEqual([])
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
    expect(await storedSecrets(fixture.configDir)).toEqual({})
  }

  it('gives one name to one of a hundred that want it at once', async () => {
    const { events, stop } = collectEvents(fixture.core)
    const asked = Array.from({ length: 100 }, () => fixture.core.workspaces.create({ name: 'contested' }))
    const settled = await Promise.allSettled(asked)
    stop()
    const won = settled.filter((one) => one.status === 'fulfilled')
    const codes = settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.code)] : []))
    expect(won).toHaveLength(1)
    expect(codes).toEqual(Array.from({ length: 99 }, () => 'CONFLICT'))
    expect(fixture.core.workspaces.list().map(({ name, status }) => [name, status])).toEqual([['contested', 'running']])
    expect(events.filter((event) => event.type === 'workspace.created')).toHaveLength(1)
    expect(await leftOvers(fixture.engine, fixture.agentId)).toHaveLength(2)
    await fixture.core.workspaces.delete('contested', { force: true })
    await expectNothing()
  })

  it('touches no container of somebody else that has the name', async () => {
    const id = await docker('create', '--name', containerName('taken'), 'debian:bookworm-slim', 'true')
    foreign.push(['rm', '-f', id])
    await expect(fixture.core.workspaces.create({ name: 'taken' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await docker('inspect', '--format', '{{.Id}}', containerName('taken'))).toBe(id)
    await expectNothing()
  })

  it('touches no volume of somebody else that has the name, even one of another agent', async () => {
    const name = homeVolumeName('taken')
    await docker('volume', 'create', '--label', 'berth.agent=another', '--label', 'berth.name=taken', name)
    foreign.push(['volume', 'rm', '-f', name])
    await expect(fixture.core.workspaces.create({ name: 'taken' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await docker('volume', 'ls', '--quiet', '--filter', `name=${name}`)).toBe(name)
    await expectNothing()
  })

  it.each([
    { resources: { cpus: 1000 } },
    { resources: { memoryBytes: 17_592_186_044_416 } },
    { template: 'no-such-template' },
  ])('refuses %j with words, and makes nothing', async (wish) => {
    const refusal = fixture.core.workspaces.create({ name: 'wishful', ...wish })
    await expect(refusal).rejects.toMatchObject({ code: 'BAD_REQUEST', hint: expect.any(String) })
    await expectNothing()
  })

  it.each([
    ...[
      '',
      '-a',
      'A',
      'a_b',
      'a b',
      'a/b',
      '../a',
      'a\n',
      'ws-abc',
      'a'.repeat(64),
      'ä',
      'a;reboot',
      '$(id)',
      '--privileged',
    ].map((name) => ({ name })),
    { name: 'a', env: { '1A': 'x' } },
    { name: 'a', env: { 'A=B': 'x' } },
    { name: 'a', env: { '': 'x' } },
    { name: 'a', env: { A: 'x\0y' } },
    { name: 'a', env: { A: 'x'.repeat(40_000) } },
    { name: 'a', resources: { cpus: -1 } },
    { name: 'a', resources: { memoryBytes: 1 } },
    { name: 'a', resources: { pids: Number.POSITIVE_INFINITY } },
    { name: 'a', template: '../etc' },
    { name: 'a', privileged: true },
  ])('does not let %j past the contract', (input) => {
    expect(CreateWorkspace.safeParse(input).success).toBe(false)
  })

  it('takes environment values that would mean something to a shell as they are', async () => {
    const env = { QUOTES: `'"\`$(id)\\ \n\t;&|`, PATHS: '/a:/b', EMPTY: '', UNICODE: 'ä漢🙂' }
    await fixture.core.workspaces.create({ name: 'verbatim', env })
    for (const [name, value] of Object.entries(env)) {
      const result = await fixture.core.workspaces.exec(
        { name: 'verbatim', command: ['printenv', name] },
        AbortSignal.timeout(20_000),
      )
      expect(result.stdout).toBe(`${value}\n`)
    }
    await fixture.core.workspaces.delete('verbatim', { force: true })
    await expectNothing()
  })

  it('says no to two changes at once', async () => {
    await fixture.core.workspaces.create({ name: 'busy' })
    const stopping = fixture.core.workspaces.stop('busy')
    await expect(fixture.core.workspaces.start('busy')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await stopping).toMatchObject({ status: 'stopped' })
    const both = [1, 2].map(() => fixture.core.workspaces.delete('busy', { force: true }))
    await Promise.all(both)
    await expectNothing()
  })
})
