import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeVolumeName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, collectEvents, run, until } from '../../support/core.ts'
import { dockerInspect } from '../../support/docker-inspect.ts'
import { makeRepository } from '../../support/git-repository.ts'
import { HttpsGitServer } from '../../support/https-git-server.ts'
import { SshGitServer } from '../../support/ssh-git-server.ts'
import { workspaceGateway } from '../../support/workspace-gateway.ts'

const AUTHORITY = '/home/workspace/test-ca.crt'
const LARGE = 3_000_000

let folder = ''
let fixture: CoreFixture
let ssh: SshGitServer
let web: HttpsGitServer
const cleanUp = new AsyncDisposableStack()
let repository = ''

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-git-'))
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  fixture = cleanUp.use(await CoreFixture.start())
  const gateway = await workspaceGateway()
  repository = await makeRepository(folder, 'api', LARGE)
  ssh = cleanUp.use(await SshGitServer.start(folder, gateway))
  web = cleanUp.use(await HttpsGitServer.start(folder, gateway))
})

afterAll(() => cleanUp.disposeAsync())

const write = (name: string, file: string, stdin: string): Promise<unknown> =>
  fixture.core.workspaces.exec(
    { name, command: ['sh', '-c', 'umask 077; mkdir -p "$(dirname "$1")"; cat >"$1"', 'write', file], stdin },
    AbortSignal.timeout(30_000),
  )

/** What a workspace needs to read from the HTTPS server. */
const login = (token = 'a-token-for-the-test-server') => ({
  GIT_SSL_CAINFO: AUTHORITY,
  GH_HOST: web.host,
  GH_ENTERPRISE_TOKEN: token,
})

const BROKEN = uniqueName('broken')

describe('a workspace from a repository', () => {
  it('over SSH: without a key it is left with the reason and terminals; with one the clone is gone on with', async () => {
    const { workspaces } = fixture.core
    const failed = await workspaces.create({ name: 'keyed', clone: ssh.addressOf(repository) })
    expect(failed).toMatchObject({
      status: 'error',
      failure: { step: 'clone', reason: 'authentication', code: 'UNAUTHORIZED' },
      runtime: { status: 'ready' },
      repo: ssh.addressOf(repository),
    })
    expect(failed.failure?.hint).toContain('key')
    expect(await workspaces.terminals('keyed')).toEqual([])
    expect(await workspaces.logs('keyed', 100)).toContain('Permission denied (publickey)')

    await write('keyed', '/home/workspace/.ssh/id_ed25519', await ssh.key())
    const { events, stop } = collectEvents(fixture.core)
    const made = await workspaces.retry('keyed')
    stop()
    expect(made).toMatchObject({ status: 'running', branch: 'main' })
    expect(made.failure).toBeUndefined()
    const redone = events.flatMap((event) => (event.type === 'workspace.step' ? [event.step.name] : []))
    expect(new Set(redone)).toEqual(new Set(['clone']))
    expect(await run(fixture.core, 'keyed', 'cat', '/workspace/api/README.md')).toBe('This is api.\n')
    expect(await run(fixture.core, 'keyed', 'ls', '-A', '/workspace')).toBe('api\n')
    expect(await run(fixture.core, 'keyed', 'wc', '-l', '/home/workspace/.ssh/known_hosts')).not.toMatch(/^0 /)
    await expect(workspaces.retry('keyed')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(workspaces.cancel('keyed')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await workspaces.deletionReport('keyed')).toMatchObject({ clean: true })
  })

  it('over HTTPS with a token of its environment: a branch, a new branch from it, progress, and the token nowhere', async () => {
    const { workspaces } = fixture.core
    const { events, stop } = collectEvents(fixture.core)
    const clone = web.addressOf('api')
    const untrusted = await workspaces.create({
      name: 'token',
      clone,
      branch: 'feature',
      newBranch: 'mine',
      env: login(),
    })
    expect(untrusted.failure).toMatchObject({ step: 'clone', reason: 'certificate' })
    await write('token', AUTHORITY, await web.authority())
    expect(await workspaces.retry('token')).toMatchObject({ status: 'running', branch: 'mine' })
    stop()
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'workspace.step',
        step: expect.objectContaining({
          name: 'clone',
          state: 'running',
          percent: expect.any(Number) as number,
        }) as object,
      }),
    )
    expect(await run(fixture.core, 'token', 'cat', '/workspace/api/feature.txt')).toBe('A feature.\n')
    const secret = login().GH_ENTERPRISE_TOKEN
    expect(await run(fixture.core, 'token', 'git', '-C', '/workspace/api', 'pull', '-q', 'origin', 'feature')).toBe('')
    const found = await workspaces.exec(
      { name: 'token', command: ['grep', '-rlF', secret, '/home/workspace', '/etc/gitconfig'] },
      AbortSignal.timeout(30_000),
    )
    expect(found.stdout).toBe('')
    expect(JSON.stringify(await dockerInspect('workspace-token'))).not.toContain(secret)
    expect(await workspaces.logs('token', 1000)).not.toContain(secret)
  })

  it('with a token that is not taken, and of a branch that is not there: told apart; given up, nothing of it stays', async () => {
    const { workspaces, agentId } = fixture.core
    const wrong = await workspaces.create({ name: 'wrong', clone: web.addressOf('api'), env: login('another') })
    await write('wrong', AUTHORITY, await web.authority())
    expect(wrong.status).toBe('error')
    expect((await workspaces.retry('wrong')).failure).toMatchObject({ reason: 'authentication' })
    const branchless = await workspaces.create({ name: 'branchless', clone: ssh.addressOf(repository), branch: 'nope' })
    await write('branchless', '/home/workspace/.ssh/id_ed25519', await ssh.key())
    expect(branchless.failure).toMatchObject({ reason: 'authentication' })
    expect((await workspaces.retry('branchless')).failure).toMatchObject({
      reason: 'branch_missing',
      code: 'NOT_FOUND',
    })

    await workspaces.cancel('branchless')
    expect(workspaces.list().map(({ name }) => name)).not.toContain('branchless')
    expect(await fixture.engine.volumes.find(homeVolumeName('branchless'))).toBeUndefined()
    const left = await fixture.engine.containers.list({ 'berth.agent': agentId })
    expect(left.map(({ name }) => name)).not.toContain('workspace-branchless')

    // Somebody has worked in this one since: it goes only when that is meant.
    await write('wrong', '/home/workspace/notes.txt', 'mine')
    await expect(workspaces.cancel('wrong')).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
  })

  it('breaks off in the middle, leaves nothing half-made, and is whole when it is tried again', async () => {
    const { workspaces } = fixture.core
    const failed = await workspaces.create({ name: BROKEN, clone: web.addressOf('api'), env: login() })
    await write(BROKEN, AUTHORITY, await web.authority())
    expect(failed.status).toBe('error')
    web.trouble = { kind: 'breaks_off', afterBytes: 1_000_000 }
    expect((await workspaces.retry(BROKEN)).failure).toMatchObject({ reason: 'broken_off' })
    expect(await run(fixture.core, BROKEN, 'ls', '-A', '/workspace')).toBe('')
    web.trouble = { kind: 'none' }

    // What is there and is not ours is left as it is.
    await write(BROKEN, '/workspace/api/theirs.txt', 'theirs')
    expect((await workspaces.retry(BROKEN)).failure).toMatchObject({ reason: 'folder_in_use' })
    expect(await run(fixture.core, BROKEN, 'cat', '/workspace/api/theirs.txt')).toBe('theirs')
    await run(fixture.core, BROKEN, 'rm', '-r', '/workspace/api')
    expect(await workspaces.retry(BROKEN)).toMatchObject({ status: 'running' })
    expect(await run(fixture.core, BROKEN, 'git', '-C', '/workspace/api', 'status', '--porcelain')).toBe('')
  })

  it('is given up in the middle of its clone, with all of it; the agent’s end leaves one to go on with', async () => {
    const { workspaces } = fixture.core
    await workspaces.create({ name: 'stalled', clone: web.addressOf('api'), env: login() })
    await write('stalled', AUTHORITY, await web.authority())
    web.trouble = { kind: 'stalls', afterBytes: 1_000_000 }
    const going = workspaces.retry('stalled').catch((error: unknown) => error)
    await until(fixture.core, () => isCloning('stalled'))
    await fixture.restartCore()
    await going
    await until(fixture.core, () => fixture.core.workspaces.get('stalled').runtime?.status === 'ready')
    expect(fixture.core.workspaces.get('stalled')).toMatchObject({ status: 'error', failure: { step: 'clone' } })

    const again = fixture.core.workspaces.retry('stalled').catch((error: unknown) => error)
    await until(fixture.core, () => isCloning('stalled'))
    // Somebody has worked in it since it failed: that is not thrown away unasked.
    await expect(fixture.core.workspaces.cancel('stalled')).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    await fixture.core.workspaces.delete('stalled', { force: true })
    expect(await again).toMatchObject({ code: 'CONFLICT' })
    web.trouble = { kind: 'none' }
    expect(fixture.core.workspaces.list().map(({ name }) => name)).not.toContain('stalled')
    expect(await fixture.engine.volumes.find(homeVolumeName('stalled'))).toBeUndefined()
  })
})

function isCloning(name: string): boolean {
  const { steps = [] } = fixture.core.workspaces.get(name)
  return steps.some((step) => step.name === 'clone' && step.state === 'running' && step.percent !== undefined)
}
