import { existsSync } from 'node:fs'
import { appendFile, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { describeWhere } from '../../support/describe-where.ts'
import { RegistryFixture } from '../../support/registry.ts'
import { SshGitServer } from '../../support/ssh-git-server.ts'

/** It is tried again by itself after up to 15 seconds, and ssh takes its time on a busy machine. */
const RETURN = { timeout: 60_000 }
const isPossible = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/sbin/sshd')
const problem = isPossible ? undefined : 'An sshd of its own needs OpenSSH, and root on Linux.'

/** Makes `ssh` of this process the real one with a configuration of its own: it finds its files by the user, not by HOME. */
async function useOwnSsh(folder: string, known: string): Promise<Disposable> {
  const before = process.env['PATH'] ?? ''
  const programs = path.join(folder, 'bin')
  await mkdir(programs)
  const own = `-F none -i ${path.join(folder, 'user-key')} -o IdentitiesOnly=yes -o IdentityAgent=none`
  const hosts = `-o UserKnownHostsFile=${known} -o GlobalKnownHostsFile=/dev/null`
  await writeFile(path.join(programs, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh ${own} ${hosts} "$@"\n`)
  await chmod(path.join(programs, 'ssh'), 0o755)
  process.env['PATH'] = `${programs}:${before}`
  return {
    [Symbol.dispose]: () => {
      process.env['PATH'] = before
    },
  }
}

describeWhere(problem, 'a worker behind ssh', () => {
  it('is reached by its socket, once its key is known, without a code, and again after it or its ssh was gone', async () => {
    await using cleanUp = new AsyncDisposableStack()
    const folder = cleanUp.adopt(await mkdtemp(path.join(os.tmpdir(), 'berth-test-')), (made) =>
      rm(made, { recursive: true, force: true }),
    )
    const known = path.join(folder, 'known-hosts')
    const agent = cleanUp.use(await AgentProcess.start())
    const sshd = cleanUp.use(await SshGitServer.start(folder, '127.0.0.1', { WS_CONFIG_DIR: agent.configDir }))
    cleanUp.use(await useOwnSsh(folder, known))
    const fixture = cleanUp.use(await RegistryFixture.start())
    const host = sshd.addressOf('')

    expect(await fixture.registry.add({ host })).toMatchObject({
      status: 'unreached',
      probe: { hop: 'ssh', message: expect.stringMatching(/does not know that computer/) },
    })
    await appendFile(known, `${await sshd.knownAs()}\n`)
    const outcome = await fixture.registry.add({ host, label: 'By ssh' })
    if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
    const { id } = outcome.worker
    const isThere = { label: 'By ssh', status: 'active', path: 'ssh', scope: 'admin', diagnostics: [] }
    const list = (): Promise<unknown> => fixture.client(id).api.workspaces.list()
    await expect.poll(() => fixture.summary(id), RETURN).toMatchObject(isThere)
    await expect.poll(list).toEqual([])

    await agent.end('SIGKILL')
    await expect.poll(() => fixture.summary(id)?.status).toBe('unreachable')
    await agent.launch(0)
    fixture.registry.retry(id)
    await expect.poll(() => fixture.summary(id), RETURN).toMatchObject(isThere)
    await expect.poll(list).toEqual([])

    const before = fixture.statuses(id).length
    await sshd.endSessions()
    await expect.poll(() => fixture.statuses(id).slice(before)).toContain('unreachable')
    await expect.poll(() => fixture.summary(id), RETURN).toMatchObject(isThere)
    await expect.poll(list).toEqual([])
  })
})
