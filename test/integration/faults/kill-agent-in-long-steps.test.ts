import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { containerName } from '../../../src/domain/engine-names.ts'
import { type Closing, expectNothingLeft, nextAgent } from '../../support/after-a-kill.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { Door } from '../../support/door.ts'
import { makeRepository } from '../../support/git-repository.ts'
import { SshGitServer } from '../../support/ssh-git-server.ts'
import { workspaceGateway } from '../../support/workspace-gateway.ts'

const AGENT = path.join(import.meta.dirname, '../../support/core-process.ts')
const NAME = uniqueName('struck')

const closing: Closing = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
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
    await nextAgent(fixture, closing)
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
    await nextAgent(fixture, closing)
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
    await nextAgent(fixture, closing)
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
