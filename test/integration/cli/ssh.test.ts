import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { type Asked, newName, ws } from './ws-command.ts'

describe('`ws ssh` and `ws ssh-config`', () => {
  let agent: AgentProcess
  let home = ''
  const name = newName()
  beforeAll(async () => {
    agent = await AgentProcess.start()
    home = await mkdtemp(path.join(os.tmpdir(), 'berth-home-'))
    await agent.local().api.workspaces.create({ name, env: { PLANTED: 'value' } })
  })
  afterAll(async () => {
    await agent[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  })

  const person: Asked = { environment: () => ({ ...agent.environment(), HOME: home }) }
  const own = (file: string): string => path.join(agent.configDir, 'ssh', file)

  it('lets itself in with a key of its own, knows the host, and ends as the command does', async () => {
    const run = await ws(person, ['ssh', name, '--', 'cat; echo "$PLANTED"; exit 9'], 'typed\n')
    expect(run).toEqual({ code: 9, stdout: Buffer.from('typed\nvalue\n'), stderr: '' })
    expect((await stat(own('id_ed25519'))).mode & 0o777).toBe(0o600)
    const key = await readFile(own('id_ed25519.pub'), 'utf8')
    expect((await ws(person, ['ssh', name, '--', 'false'])).code).toBe(1)
    expect(await readFile(own('id_ed25519.pub'), 'utf8')).toBe(key)
    expect((await readFile(own('known_hosts'), 'utf8')).split('\n')).toHaveLength(2)
  })

  it('refuses a host that is not the one that the agent told of', async () => {
    const known = await readFile(own('known_hosts'), 'utf8')
    const printed = (await ws(person, ['ssh-config', name])).stdout.toString()
    const file = path.join(home, 'config')
    await writeFile(file, printed)
    const connect = () => promisify(execFile)('ssh', ['-F', file, '-o', 'BatchMode=yes', `${name}.berth`, 'hostname'])
    expect((await connect()).stdout).toBe(`${name}\n`)
    await writeFile(
      own('known_hosts'),
      known.replace(/AAAA\S+/, 'AAAAC3NzaC1lZDI1NTE5AAAAIIqUFVWVEnU3/4Ld9zX5p1o7kWHUSqYr1/KyXy7kbGcB'),
    )
    await expect(connect()).rejects.toThrow('Host key verification failed')
    expect((await ws(person, ['ssh', name, '--', 'true'])).code).toBe(0)
  })

  it('installs what ssh needs once, and leaves the rest of the configuration alone', async () => {
    await mkdir(path.join(home, '.ssh'), { mode: 0o700 })
    await writeFile(path.join(home, '.ssh/config'), 'Host other\n  Port 2200\n', { mode: 0o600 })
    expect((await ws(person, ['ssh-config', '--install'])).stderr).toBe(`ssh ${name}.berth\n`)
    await ws(person, ['ssh-config', '--install'])
    const text = await readFile(path.join(home, '.ssh/config'), 'utf8')
    expect(text).toBe(`Include "${own('config')}"\n\nHost other\n  Port 2200\n`)
    const listed: unknown = JSON.parse((await ws(person, ['ssh-config', '--json'])).stdout.toString())
    expect(listed).toMatchObject([
      { workspace: name, alias: `${name}.berth`, user: 'workspace', identityFile: own('id_ed25519') },
    ])
    // OpenSSH takes the home of a person from the system, and not from HOME.
    const config = ['-F', path.join(home, '.ssh/config'), '-G', `${name}.berth`]
    const { stdout } = await promisify(execFile)('ssh', config)
    expect(stdout).toMatch(/^user workspace$/m)
    expect(stdout).toMatch(new RegExp(`^hostkeyalias ${name}\\.berth$`, 'm'))
  })

  it('says what to do where the workspace does not run', async () => {
    await agent.local().api.workspaces.stop({ name })
    const refused = await ws(person, ['ssh', name])
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('not running')
    expect((await ws(person, ['ssh-config'])).stdout.toString()).toBe('')
  })
})
