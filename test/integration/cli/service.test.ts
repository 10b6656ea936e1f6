import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Surroundings, unitFor } from '../../../src/cli/commands/agent/service/service-place.ts'
import type { Manager } from '../../../src/cli/commands/agent/service/systemd.ts'
import { WS } from '../../support/agent.ts'
import { ws } from './ws-command.ts'

const run = promisify(execFile)

let folder: string
let bin: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  bin = path.join(folder, 'bin')
  await mkdir(bin)
  await program('systemctl')
  await program('loginctl')
})
afterEach(() => rm(folder, { recursive: true }))

/** A program in place of systemd's own: it writes down what it is asked for, and ends with `code`. */
async function program(name: string, { code = 0, prints = '' } = {}): Promise<void> {
  const script = `#!${process.execPath}
require('node:fs').appendFileSync(${JSON.stringify(path.join(folder, 'asked'))}, [${JSON.stringify(name)}, ...process.argv.slice(2)].join(' ') + '\\n')
process.stdout.write(${JSON.stringify(prints)})
process.exitCode = ${code}
`
  await writeFile(path.join(bin, name), script)
  await chmod(path.join(bin, name), 0o755)
}

/** What was asked for since this was read last. */
async function asked(): Promise<string[]> {
  const file = path.join(folder, 'asked')
  const text = await readFile(file, 'utf8').catch(() => '')
  await rm(file, { force: true })
  return text.split('\n').filter((line) => line !== '')
}

const unitFile = () => path.join(folder, '.config/systemd/user/berth-agent.service')
const environment = () => {
  const { XDG_CONFIG_HOME: _config, ...inherited } = process.env
  return { ...inherited, HOME: folder, PATH: `${bin}:${process.env['PATH']}`, WS_CONFIG_DIR: path.join(folder, 'c d') }
}
const agent = (...words: string[]) => ws({ environment }, ['agent', ...words])

describe.skipIf(process.platform !== 'linux')('the agent as a service', () => {
  it('is installed once however often it is asked for, changed by other flags, told of, and removed', async () => {
    const first = await agent('install', '--port', '7000')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const text = await readFile(unitFile(), 'utf8')
    expect(text).toContain(`"${WS}" "--agent" "--port" "7000"`)
    expect(text).toContain(`Environment="WS_CONFIG_DIR=${folder}/c d"`)
    expect((await stat(unitFile())).mode & 0o777).toBe(0o644)
    const begin = ['systemctl --user daemon-reload', 'systemctl --user enable berth-agent.service']
    const isLasting = `loginctl show-user ${os.userInfo().username} --property=Linger`
    const linger = [isLasting, 'loginctl enable-linger']
    expect(await asked()).toEqual([...begin, 'systemctl --user restart berth-agent.service', ...linger])

    expect((await agent('install', '--port', '7000')).stdout.toString()).toContain('Already installed')
    expect(await readFile(unitFile(), 'utf8')).toBe(text)
    expect(await asked()).toEqual([...begin, 'systemctl --user start berth-agent.service', ...linger])

    await program('systemctl', { prints: 'ActiveState=active\nUnitFileState=enabled\n' })
    const state = JSON.parse((await agent('status', '--json')).stdout.toString())
    const isUp = { installed: true, unitFile: unitFile(), active: 'active', isEnabled: true }
    expect(state).toEqual({ ...isUp, lastsWithoutLogin: false })
    expect((await agent('status')).stdout.toString()).toContain('runs while you are signed in')
    await program('loginctl', { prints: 'Linger=yes\n' })
    expect((await agent('status')).stdout.toString()).toContain('starts with this computer')
    await asked()
    expect((await agent('install', '--port', '7000')).stderr).toBe('')
    expect(await asked()).toEqual([...begin, 'systemctl --user start berth-agent.service', isLasting])

    expect((await agent('uninstall')).stdout.toString()).toContain('loginctl disable-linger')
    await expect(stat(unitFile())).rejects.toThrow()
    const end = ['systemctl --user disable --now berth-agent.service', 'systemctl --user daemon-reload']
    expect(await asked()).toEqual([...end, isLasting])
    expect((await agent('uninstall')).stdout.toString()).toBe('No such service is installed.\n')
    expect(await asked()).toEqual([])
  })

  it('leaves a unit of somebody else as it is, and says what systemd said', async () => {
    await mkdir(path.dirname(unitFile()), { recursive: true })
    await writeFile(unitFile(), '[Service]\nExecStart=/bin/mine\n')
    for (const deed of ['install', 'uninstall']) {
      expect(await agent(deed)).toMatchObject({ code: 1, stderr: expect.stringContaining('is left as it is') })
    }
    expect(await readFile(unitFile(), 'utf8')).toBe('[Service]\nExecStart=/bin/mine\n')
    expect(await asked()).toEqual([])
    await rm(unitFile())
    await program('systemctl', { code: 1, prints: 'Failed to connect to bus: No medium found' })
    expect(await agent('install')).toMatchObject({ code: 1, stderr: expect.stringContaining('No medium found') })
    await program('systemctl')
    await program('loginctl', { code: 1 })
    const told = `sudo loginctl enable-linger ${os.userInfo().username}`
    expect(await agent('install')).toMatchObject({ code: 0, stderr: expect.stringContaining(told) })
  })

  /** Out of 10, where more is worse (systemd-analyze(1)); 9.6 is a unit that says nothing. */
  const MOST_EXPOSED: Record<Manager, number> = { system: 2.5, user: 7 }

  it.each(['system', 'user'] as const)(
    'is one of the %s that systemd understands whole, and hardened',
    async (manager) => {
      const script = path.join(folder, 'a $HOME 100% "ws".js')
      await writeFile(script, '')
      const here: Surroundings = {
        ...{ platform: 'linux', environment: { SUDO_USER: 'daemon', WS_CONFIG_DIR: `${folder}/%h "x"` }, home: folder },
        ...{ userName: 'root', isRoot: true, program: [process.execPath, script] },
      }
      const file = path.join(folder, 'berth-agent.service')
      await writeFile(file, unitFor(manager, here, { port: 7000 }))
      const scope = manager === 'user' ? ['--user'] : []
      const env = { ...process.env, XDG_RUNTIME_DIR: folder }
      const verified = await run('systemd-analyze', ['verify', ...scope, '--man=no', file], { env })
      expect(verified.stdout + verified.stderr).toBe('')
      const threshold = `--threshold=${MOST_EXPOSED[manager] * 10}`
      await run('systemd-analyze', ['security', ...scope, '--offline=true', '--no-pager', threshold, file], { env })
    },
  )
})
