import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CoreFixture, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'

let folder = ''
let script = ''
let fixture: CoreFixture
const cleanUp = new AsyncDisposableStack()

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-script-'))
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  script = path.join(folder, 'post-start.sh')
  await workerScript('#!/bin/bash\n# nothing yet\n')
  fixture = cleanUp.use(await CoreFixture.start({ config: { scripts: { post_start: script, timeoutSeconds: 5 } } }))
})
afterAll(() => cleanUp.disposeAsync())

async function workerScript(content: string): Promise<void> {
  await writeFile(script, content)
  await chmod(script, 0o700)
}

const starts = (name: string): Promise<string> => run(fixture.core, name, 'cat', '/home/workspace/starts.txt')
const stepNames = (name: string): string[] => (fixture.core.workspaces.get(name).steps ?? []).map((step) => step.name)

describe('start scripts', () => {
  it('are no step where they hold nothing but comments', async () => {
    await workerScript('#!/bin/bash\n# claude update\n')
    const { core } = fixture
    const seen: string[][] = []
    const leave = new AbortController()
    const watching = (async () => {
      for await (const event of core.events.subscribe(undefined, leave.signal)) {
        if (event.type === 'workspace.created') seen.push((event.workspace.steps ?? []).map(({ name }) => name))
      }
    })()
    await core.workspaces.create({ name: 'quiet', startScript: '# mine\n' })
    leave.abort()
    await watching
    expect(seen).toEqual([['allocate', 'image', 'create', 'start', 'runtime']])
  })

  it('run as the user with the environment of the workspace, the worker’s first, and again after every start', async () => {
    const { core } = fixture
    await workerScript(
      '#!/bin/bash\n[[ $0 == */berth-start.* ]]\necho "worker $GREETING $(id -un)" | tee -a ~/starts.txt\ncat\n',
    )
    const made = await core.workspaces.create({
      name: 'scripted',
      env: { GREETING: 'hello' },
      startScript: 'echo own >> ~/starts.txt\n',
    })
    expect(made).toMatchObject({ status: 'running' })
    expect(await starts('scripted')).toBe('worker hello workspace\nown\n')
    expect(await core.workspaces.logs('scripted', 100)).toContain('worker hello workspace')

    await core.workspaces.restart('scripted')
    await eventually(async () => (await starts('scripted')).split('own').length >= 3)
    await fixture.core.workspaces.stop('scripted')
    await core.workspaces.start('scripted')
    await eventually(async () => (await starts('scripted')).split('own').length >= 4)
    // Whoever starts it: somebody beside Berth does as well.
    await docker('restart', '--time', '0', 'workspace-scripted')
    await until(core, () => core.workspaces.get('scripted').runtime?.status === 'ready')
    await eventually(async () => (await starts('scripted')).split('own').length >= 5)
  })

  it('that fail keep a new workspace from being ready, with a terminal to mend it, until the step is tried again', async () => {
    const { core } = fixture
    await workerScript('true')
    const failed = await core.workspaces.create({ name: 'unready', startScript: 'echo because\ntest -e ~/mended\n' })
    expect(failed).toMatchObject({
      status: 'error',
      failure: { step: 'post_start', reason: 'script_failed' },
      runtime: { status: 'ready' },
    })
    expect(failed.failure?.message).toContain('exit code 1')
    expect(await core.workspaces.logs('unready', 100)).toContain('because')
    await run(core, 'unready', 'touch', '/home/workspace/mended')
    expect(await core.workspaces.retry('unready')).toMatchObject({ status: 'running' })

    // Later the same is a warning, and the workspace runs.
    await run(core, 'unready', 'rm', '/home/workspace/mended')
    await core.workspaces.restart('unready')
    await until(core, () => core.workspaces.get('unready').warning !== undefined)
    expect(core.workspaces.get('unready')).toMatchObject({
      status: 'running',
      warning: { step: 'post_start', reason: 'script_failed' },
    })
    await run(core, 'unready', 'touch', '/home/workspace/mended')
    await core.workspaces.restart('unready')
    await until(core, () => core.workspaces.get('unready').warning === undefined)
    expect(stepNames('unready')).toEqual([])
  })

  it('that do not end are ended, with all that they started', async () => {
    const { core } = fixture
    const failed = await core.workspaces.create({ name: 'endless', startScript: 'sleep 4321 & sleep 4321\n' })
    expect(failed.failure).toMatchObject({ step: 'post_start', reason: 'script_timeout', code: 'TIMEOUT' })
    const left = await core.workspaces.exec(
      { name: 'endless', command: ['pgrep', '-f', 'sleep 4321'] },
      AbortSignal.timeout(30_000),
    )
    expect(left.stdout).toBe('')
    await core.workspaces.cancel('endless')
    expect(core.workspaces.list().map(({ name }) => name)).not.toContain('endless')
  })
})

/** For what changes inside a workspace, of which nothing tells. */
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const limit = AbortSignal.timeout(30_000)
  while (!(await isSo())) limit.throwIfAborted()
}
