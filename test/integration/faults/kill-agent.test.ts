import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { containerName, homeVolumeName } from '../../../src/domain/engine-names.ts'
import { type Closing, expectNothingLeft, nextAgent } from '../../support/after-a-kill.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { EngineProxy, type PassingCall } from '../../support/engine-proxy.ts'

const AGENT = path.join(import.meta.dirname, '../../support/core-process.ts')

const closing: Closing = []
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
    await nextAgent(fixture, closing)
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
      await nextAgent(fixture, closing)
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

describe('an agent that is killed when the container of a new workspace has just started', () => {
  const struckAfterStart = async (): Promise<CoreFixture> => {
    const fixture = await CoreFixture.prepare()
    closing.push(() => fixture[Symbol.asyncDispose]())
    await killAt(fixture, 'create', { call: START, moment: 'after' })
    await nextAgent(fixture, closing)
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
    await nextAgent(fixture, closing)
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
    await nextAgent(fixture, closing)
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
    await nextAgent(fixture, closing)
    expect(await pid()).toBe(before)
    expect(fixture.core.workspaces.get(NAME)).toMatchObject({ status: 'running', runtime: { status: 'ready' } })
  })
})
