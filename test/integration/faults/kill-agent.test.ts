import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { claimFolder } from '../../../src/agent/store/folder.ts'
import { containerName, homeVolumeName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { Door } from '../../support/door.ts'
import { leftOvers } from '../../support/engine.ts'
import { EngineProxy, type PassingCall } from '../../support/engine-proxy.ts'
import { makeRepository } from '../../support/git-repository.ts'
import { SshGitServer } from '../../support/ssh-git-server.ts'
import { storedSecrets } from '../../support/stored-secrets.ts'
import { workspaceGateway } from '../../support/workspace-gateway.ts'

const AGENT = path.join(import.meta.dirname, '../../support/core-process.ts')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface KillPoint {
  call: RegExp
  moment: PassingCall['moment']
}

const NAME = uniqueName('struck')

/** Runs an agent that does `verb`, and kills it (-9) at a call to the engine. */
async function killAt(fixture: CoreFixture, verb: string, { call, moment }: KillPoint): Promise<void> {
  const proxy = await EngineProxy.start()
  closing.push(() => proxy[Symbol.asyncDispose]())
  const child: ChildProcess = spawn(process.execPath, [AGENT, fixture.configDir, NAME, verb], {
    env: proxy.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  // One that was never struck would outlive its test, and keep the runner from ending.
  closing.push(async () => {
    if (child.kill('SIGKILL')) await ended
  })
  let isStruck = false
  proxy.watcher = (passing) => {
    if (isStruck) return undefined
    if (passing.moment !== moment || !call.test(`${passing.method} ${passing.path}`)) return undefined
    isStruck = true
    child.kill('SIGKILL')
    // What was not passed on stays held: it dies with the process that asked.
    return ended.then(() => (moment === 'before' ? new Promise<void>(() => undefined) : undefined))
  }
  const lines: string[] = []
  if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => lines.push(line))
  const [, signal] = await ended
  expect(isStruck, `no call was ${String(call)}`).toBe(true)
  expect(signal).toBe('SIGKILL')
  expect(lines.join('\n')).not.toContain('done')
}

async function expectNothingLeft(fixture: CoreFixture): Promise<void> {
  expect(fixture.core.workspaces.list()).toEqual([])
  // Ends what it does in the background as well.
  await fixture.stopCore()
  expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  expect(await storedSecrets(fixture.configDir)).toEqual({})
}

/** The next agent on the folder, once it has looked at the engine. */
async function nextAgent(fixture: CoreFixture): Promise<void> {
  const claimed = await claimFolder(fixture.configDir)
  closing.push(() => claimed.release())
  const core = await fixture.startCore()
  // From the first moment: nobody is making anything any more.
  expect(core.workspaces.list().map(({ status }) => status)).not.toContain('creating')
  await until(core, () => core.engine.state.status === 'ready')
}

const CREATE = new RegExp(`POST /containers/create\\?name=${containerName(NAME)}`)
const START = /POST \/containers\/[^/]+\/start/
const EXEC = /POST \/containers\/[^/]+\/exec/
const EXEC_START = /POST \/exec\/[^/]+\/start/

const CREATION: KillPoint[] = [
  { call: new RegExp(`GET /containers/${containerName(NAME)}/json`), moment: 'before' },
  ...[CREATE, START, EXEC, EXEC_START].flatMap((call): KillPoint[] => [
    { call, moment: 'before' },
    { call, moment: 'after' },
  ]),
  { call: /POST \/volumes\/create/, moment: 'before' },
]

describe('an agent that is killed while it makes a workspace', () => {
  it.each(CREATION)('$moment $call leaves nothing that a deletion does not remove', async (point) => {
    const fixture = await CoreFixture.prepare()
    closing.push(() => fixture[Symbol.asyncDispose]())
    await killAt(fixture, 'create', point)
    await nextAgent(fixture)
    const statuses = fixture.core.workspaces.list().map(({ status }) => status)
    expect([[], ['error']]).toContainEqual(statuses)
    if (statuses.length > 0) await fixture.core.workspaces.delete(NAME, { force: true })
    await expectNothingLeft(fixture)
  })

  it.each([CREATE, START, EXEC_START].map((call) => ({ call, moment: 'after' }) as const))(
    '$moment $call leaves one that is started from where it stood',
    async (point) => {
      const fixture = await CoreFixture.prepare()
      closing.push(() => fixture[Symbol.asyncDispose]())
      await killAt(fixture, 'create', point)
      await nextAgent(fixture)
      if (fixture.core.workspaces.list().length === 0)
        await fixture.core.workspaces.create({ name: NAME, env: { PLANTED: 'value' } })
      else {
        expect(fixture.core.workspaces.get(NAME)).toMatchObject({
          status: 'error',
          failure: { hint: expect.any(String) },
        })
        await fixture.core.workspaces.start(NAME)
      }
      expect(fixture.core.workspaces.get(NAME).status).toBe('running')
      expect(await run(fixture.core, NAME, 'printenv', 'PLANTED')).toBe('value\n')
      await fixture.core.workspaces.delete(NAME, { force: true })
      await expectNothingLeft(fixture)
    },
  )
})

/** An agent that makes a workspace and tells of each step as it comes. */
class SlowMaking {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #lines: AsyncIterator<string>

  constructor(fixture: CoreFixture, clone: string[] = []) {
    const child = spawn(process.execPath, [AGENT, fixture.configDir, NAME, 'create-slowly', ...clone], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    this.#ended = once(child, 'exit')
    this.#lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    closing.push(() => this.kill())
  }

  /** Settles when the step has begun. */
  async reached(step: string): Promise<void> {
    for (let next = await this.#lines.next(); next.done !== true; next = await this.#lines.next())
      if (next.value === JSON.stringify({ step })) return
    throw new Error(`The agent ended before the step ${step}.`)
  }

  async kill(): Promise<void> {
    if (this.#child.kill('SIGKILL')) await this.#ended
  }
}

describe('an agent that is killed while the start script of a new workspace runs', () => {
  it('is followed by one that says so, goes on with it, and deletes it whole', async () => {
    const fixture = await CoreFixture.prepare()
    closing.push(() => fixture[Symbol.asyncDispose]())
    const making = new SlowMaking(fixture)
    await making.reached('post_start')
    await docker('exec', containerName(NAME), 'sh', '-c', 'until test -e /home/workspace/begun; do sleep 0.05; done')
    await making.kill()
    await nextAgent(fixture)
    const { workspaces } = fixture.core
    expect(workspaces.get(NAME)).toMatchObject({ status: 'error', failure: { step: 'post_start' } })
    await workspaces.update({ name: NAME, startScript: 'true' })
    expect(await workspaces.start(NAME)).toMatchObject({ status: 'running' })
    await workspaces.delete(NAME, { force: true })
    await expectNothingLeft(fixture)
  })
})

describe('an agent that is killed while it brings credentials into a new workspace', () => {
  /** So many that they are on their way for longer than it takes to hold the workspace. */
  const MANY = 1_900

  it('is followed by one that says so, brings them all, and deletes it whole', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-struck-'))
    closing.push(() => rm(folder, { recursive: true, force: true }))
    const names = Array.from({ length: MANY }, (_, index) => String(index))
    await Promise.all(names.map((name) => writeFile(path.join(folder, name), 'x'.repeat(100))))
    const fixture = await CoreFixture.prepare({ config: { credentials: { files: { '~/.many': folder } } } })
    closing.push(() => fixture[Symbol.asyncDispose]())
    const making = new SlowMaking(fixture)
    await making.reached('credentials')
    await docker('pause', containerName(NAME))
    const kept = (): Promise<string> => readFile(path.join(fixture.configDir, 'state.json'), 'utf8')
    await expect.poll(kept).toMatch(/"name": ?"credentials",\s*"state": ?"running"/)
    await making.kill()
    await docker('unpause', containerName(NAME))
    await nextAgent(fixture)
    const { workspaces } = fixture.core
    expect(workspaces.get(NAME)).toMatchObject({ status: 'error', failure: { step: 'credentials' } })
    await workspaces.update({ name: NAME, startScript: 'true' })
    expect(await workspaces.retry(NAME)).toMatchObject({ status: 'running' })
    expect(await run(fixture.core, NAME, 'sh', '-c', 'cat ~/.many/* | wc -c')).toBe(`${MANY * 100}\n`)
    await workspaces.delete(NAME, { force: true })
    await expectNothingLeft(fixture)
  })
})

describe('an agent that is killed while it clones into a new workspace', () => {
  it('is followed by one that says so, clones it whole, and deletes it whole', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-struck-'))
    closing.push(() => rm(folder, { recursive: true, force: true }))
    const gateway = await workspaceGateway()
    const repository = await makeRepository(folder, 'api', 1000)
    const server = await SshGitServer.start(folder, gateway)
    closing.push(() => server[Symbol.asyncDispose]())
    const door = await Door.start(gateway, new URL(server.addressOf(repository)))
    closing.push(() => door[Symbol.asyncDispose]())
    const files = { '~/.ssh/id_ed25519': path.join(folder, 'user-key') }
    const fixture = await CoreFixture.prepare({ config: { credentials: { files } } })
    closing.push(() => fixture[Symbol.asyncDispose]())
    const making = new SlowMaking(fixture, [door.address])
    await making.reached('clone')
    await door.knocked()
    await making.kill()
    await nextAgent(fixture)
    const { workspaces } = fixture.core
    expect(workspaces.get(NAME)).toMatchObject({ status: 'error', failure: { step: 'clone' } })
    await workspaces.update({ name: NAME, startScript: 'true' })
    door.open()
    expect(await workspaces.retry(NAME)).toMatchObject({ status: 'running', branch: 'main' })
    expect(await run(fixture.core, NAME, 'sh', '-c', 'ls -A /workspace; cat /workspace/api/README.md')).toBe(
      'api\nThis is api.\n',
    )
    await workspaces.delete(NAME, { force: true })
    await expectNothingLeft(fixture)
  })
})

describe('an agent that is killed when the container of a new workspace has just started', () => {
  const struckAfterStart = async (): Promise<CoreFixture> => {
    const fixture = await CoreFixture.prepare()
    closing.push(() => fixture[Symbol.asyncDispose]())
    await killAt(fixture, 'create', { call: START, moment: 'after' })
    await nextAgent(fixture)
    expect(fixture.core.workspaces.get(NAME).status).toBe('error')
    return fixture
  }
  const expectKept = async ({ core }: CoreFixture): Promise<void> => {
    expect(await core.workspaces.deletionReport(NAME)).toMatchObject({ clean: false })
    const refusal = core.workspaces.delete(NAME, { force: false })
    await expect(refusal).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(await docker('volume', 'ls', '--quiet', '--filter', `name=^${homeVolumeName(NAME)}$`)).not.toBe('')
  }

  it('is followed by one that does not delete work made in it', async () => {
    const fixture = await struckAfterStart()
    await run(fixture.core, NAME, 'sh', '-c', 'cd ~ && git init -q repo && echo work > repo/file')
    await expectKept(fixture)
    // Stopped by somebody else: nobody could look into it.
    await docker('stop', '-t', '0', containerName(NAME))
    await expectKept(fixture)
  })

  it('is followed by one that does not call it clean when it had ended by then', async () => {
    const fixture = await CoreFixture.prepare()
    closing.push(() => fixture[Symbol.asyncDispose]())
    await killAt(fixture, 'create', { call: START, moment: 'after' })
    await docker('exec', containerName(NAME), 'sh', '-c', 'echo work > /home/workspace/file')
    await docker('stop', '-t', '0', containerName(NAME))
    await nextAgent(fixture)
    await expectKept(fixture)
  })
})

describe('an agent that is killed while it deletes a workspace', () => {
  const points: KillPoint[] = [
    { call: /DELETE \/containers\//, moment: 'before' },
    { call: /DELETE \/containers\//, moment: 'after' },
    { call: /DELETE \/volumes\//, moment: 'before' },
    { call: /DELETE \/volumes\//, moment: 'after' },
  ]

  it.each(points)('$moment $call is followed by one that completes it', async (point) => {
    const fixture = await CoreFixture.start()
    closing.push(() => fixture[Symbol.asyncDispose]())
    await fixture.core.workspaces.create({ name: NAME })
    await fixture.stopCore()
    await killAt(fixture, 'delete', point)
    await nextAgent(fixture)
    // Gone already, or on its way: then this joins it.
    await fixture.core.workspaces.delete(NAME, { force: true }).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'NOT_FOUND' })
    })
    await expectNothingLeft(fixture)
  })
})

describe('a workspace while no agent runs', () => {
  it('goes on: the next agent finds its runtime as it was left', async () => {
    const fixture = await CoreFixture.start()
    closing.push(() => fixture[Symbol.asyncDispose]())
    await fixture.core.workspaces.create({ name: NAME })
    const pid = (): Promise<string> => run(fixture.core, NAME, 'pgrep', '-f', 'runtime.cjs')
    const before = await pid()
    await fixture.stopCore()
    await nextAgent(fixture)
    expect(await pid()).toBe(before)
    expect(fixture.core.workspaces.get(NAME)).toMatchObject({ status: 'running', runtime: { status: 'ready' } })
  })
})
