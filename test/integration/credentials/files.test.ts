import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, collectEvents, run } from '../../support/core.ts'

const name = uniqueName('files')
let home = ''
let fixture: CoreFixture
const atHome = (...parts: string[]): string => path.join(home, ...parts)

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'berth-home-'))
  await mkdir(atHome('.ssh'), { mode: 0o700 })
  await writeFile(atHome('.ssh/id'), 'the key\n', { mode: 0o600 })
  await symlink(atHome('.ssh/id'), atHome('link-to-key'))
  await mkdir(atHome('.tool/deep'), { recursive: true })
  await writeFile(atHome('.tool/deep/token'), Buffer.from([0, 255, 10]), { mode: 0o640 })
  await writeFile(atHome('.tool/run'), '#!/bin/sh\n', { mode: 0o755 })
  await symlink(atHome('.ssh'), atHome('.tool/elsewhere'))
  await mkdir(atHome('.codex'))
  await writeFile(atHome('.codex/auth.json'), '{"token":"planted-login"}', { mode: 0o600 })
  fixture = await CoreFixture.start({
    environment: { ...process.env, HOME: home },
    config: {
      credentials: { files: { '~/.ssh/id_berth': '~/link-to-key', '~/.tool': '~/.tool', '~/.gone': '~/.gone' } },
    },
  })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

const inside = (script: string): Promise<string> => run(fixture.core, name, 'sh', '-c', script)

describe('files of the worker', () => {
  it('are there when a workspace is made, as a step of it; one that is missing is said, and stops nothing', async () => {
    const { events, stop } = collectEvents(fixture.core)
    const made = await fixture.core.workspaces.create({ name })
    expect(made.failure).toBeUndefined()
    await expect.poll(() => events.some(({ type }) => type === 'workspace.created')).toBe(true)
    const steps = events.flatMap((event) =>
      event.type === 'workspace.step' ? [`${event.step.name} ${event.step.state}`] : [],
    )
    stop()
    expect(steps.at(-1)).toBe('credentials done')
    expect(await inside('cat ~/.ssh/id_berth; stat -c %a ~/.ssh ~/.ssh/id_berth ~/.tool/deep/token ~/.tool/run')).toBe(
      'the key\n700\n600\n640\n755\n',
    )
    expect(await inside('od -An -tx1 ~/.tool/deep/token; ls ~/.tool')).toBe(' 00 ff 0a\ndeep\nrun\n')
    const { problems } = await fixture.core.configuration.credentials()
    expect(problems).toEqual([
      { destination: '~/.tool', message: expect.stringContaining('left out') },
      { destination: '~/.gone', message: 'It is missing on this computer.' },
    ])
    expect(fixture.core.diagnostics().map(({ code }) => code)).toEqual(['credential_file', 'credential_file'])
    expect(JSON.stringify(fixture.core.diagnostics())).not.toContain(home)
  })

  it('are brought again when their source is another, and never over what a tool has made of them since', async () => {
    await inside('echo refreshed >~/.ssh/id_berth')
    await fixture.core.workspaces.restart(name)
    expect(await inside('cat ~/.ssh/id_berth')).toBe('refreshed\n')
    await writeFile(atHome('.ssh/id'), 'another key\n')
    await fixture.core.workspaces.restart(name)
    expect(await inside('cat ~/.ssh/id_berth')).toBe('another key\n')
  })

  it('that change on this computer reach running workspaces by themselves', async () => {
    await writeFile(atHome('.ssh/id'), 'a refreshed key\n')
    await expect.poll(() => inside('cat ~/.ssh/id_berth'), { timeout: 20_000 }).toBe('a refreshed key\n')
    await mkdir(atHome('.tool/new'))
    await writeFile(atHome('.tool/new/token'), 'first\n')
    await expect.poll(() => inside('cat ~/.tool/new/token || :'), { timeout: 20_000 }).toBe('first\n')
    await writeFile(atHome('.tool/new/token'), 'second\n')
    await expect.poll(() => inside('cat ~/.tool/new/token'), { timeout: 20_000 }).toBe('second\n')
  })

  it('that are added reach running workspaces, also when what was brought before is not known', async () => {
    await inside('echo refreshed >~/.ssh/id_berth')
    await writeFile(atHome('.gone'), 'here it is')
    await fixture.core.configuration.updateCredentials({ files: { '~/deep/er/file': '~/.gone' } })
    await expect.poll(() => inside('cat ~/deep/er/file ~/.gone 2>&1 || :')).toBe('here it ishere it is')
    expect(await inside('cat ~/.ssh/id_berth')).toBe('refreshed\n')
    await fixture.stopCore()
    for (const file of ['state.json', 'state.json.bak']) await rm(path.join(fixture.configDir, file), { force: true })
    await writeFile(atHome('.ssh/id'), 'a third key\n')
    await fixture.startCore()
    await expect
      .poll(async () => await readFile(path.join(fixture.configDir, 'state.json'), 'utf8').catch(() => ''), {
        timeout: 30_000,
      })
      .toContain('~/.gone')
    expect(await inside('cat ~/.ssh/id_berth')).toBe('refreshed\n')
  })

  it('that cannot be brought are told, each with its reason', async () => {
    const { configuration } = fixture.core
    await writeFile(atHome('huge'), '')
    await truncate(atHome('huge'), 17 * 1_048_576)
    const files = {
      '~/huge': '~/huge',
      '~/own': fixture.configDir,
      '~/relative': 'relative',
      '/etc/passwd': '~/.gone',
      '~/.ssh/id_berth/below': '~/.gone',
    }
    await configuration.updateCredentials({ files })
    const reasons = async (): Promise<Record<string, string>> => {
      const { problems } = await configuration.credentials()
      return Object.fromEntries(problems.map(({ destination, message }) => [destination, message]))
    }
    expect(await reasons()).toMatchObject({
      '~/huge': expect.stringContaining('larger than 16 MiB'),
      '~/own': expect.stringContaining('own folder'),
      '~/relative': expect.stringContaining('neither absolute'),
    })
    const refusals = async (): Promise<string[]> =>
      fixture.core
        .diagnostics()
        .map(({ message }) => message)
        .filter((message) => message.includes(`In ${name}`))
    await expect.poll(refusals).toHaveLength(2)
    const gone = Object.fromEntries(Object.keys(files).map((destination) => [destination, null]))
    expect(
      (await configuration.updateCredentials({ files: gone })).problems.map(({ destination }) => destination),
    ).toEqual(['~/.tool'])
  })
})

describe('sign-ins found on this computer', () => {
  it('are offered by their names alone, and given only when somebody says so', async () => {
    const { configuration } = fixture.core
    expect(await configuration.logins()).toEqual([{ kind: 'codex', label: 'Codex', isGiven: false }])
    expect(await inside('ls -d ~/.codex 2>/dev/null || echo none')).toBe('none\n')
    await expect(configuration.useLogin('gh')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(configuration.useLogin('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await configuration.useLogin('codex')).files).toHaveProperty(['~/.codex/auth.json'])
    await expect.poll(() => inside('cat ~/.codex/auth.json 2>/dev/null || :')).toContain('planted-login')
    expect(await configuration.logins()).toEqual([{ kind: 'codex', label: 'Codex', isGiven: true }])
    await chmod(atHome('.codex/auth.json'), 0o600)
  })
})
