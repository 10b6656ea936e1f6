import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { containerName } from '../../../src/domain/engine-names.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { docker } from '../../support/docker-inspect.ts'

/** One in each place where a secret can be entered. */
const SECRETS = {
  byHand: 'planted-by-hand-58a1c0',
  stored: 'planted-stored-7be2f4',
  file: 'planted-file-90d3aa',
  workspace: 'planted-workspace-1c77e9',
  exec: 'planted-exec-e04b12',
}
const PLANTED = /planted-[a-z-]+-[0-9a-f]{6}/

const name = uniqueName('planted')
const container = containerName(name)
let home = ''
let agent: AgentProcess
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'berth-home-'))
  await writeFile(path.join(home, 'key'), SECRETS.file, { mode: 0o600 })
  agent = await AgentProcess.start({
    environment: { HOME: home, LOG_LEVEL: 'trace' },
    config: { credentials: { env: { BY_HAND: SECRETS.byHand }, files: { '~/.key': '~/key' } } },
  })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

it('what is secret is in the workspace, and in nothing that others read', async () => {
  const { api } = agent.local()
  const told: unknown[] = []
  const leaving = new AbortController()
  const listening = (async () => {
    for await (const event of await api.events({}, { signal: leaving.signal })) told.push(event)
  })().catch(() => undefined)
  await api.config.credentials.update({ env: { STORED: SECRETS.stored } })
  await api.workspaces.create({ name, env: { OWN: SECRETS.workspace } })
  const script = 'printf "%s " "$BY_HAND" "$STORED" "$OWN" "$ONCE"; cat ~/.key'
  const seen = await api.workspaces.exec({ name, command: ['sh', '-c', script], env: { ONCE: SECRETS.exec } })
  const { byHand, stored, workspace, exec, file } = SECRETS
  expect(seen.stdout).toBe([byHand, stored, workspace, exec, file].join(' '))

  const failures = await Promise.all([
    api.workspaces.exec({ name, command: ['no-such-program'], env: { ONCE: exec } }).catch(inWords),
    api.workspaces.create({ name, env: { OWN: workspace } }).catch(inWords),
    api.config.credentials.update({ env: { STORED: '••••••••e2f4' } }).catch(inWords),
  ])
  expect(failures).toEqual([expect.any(String), expect.any(String), expect.any(String)])
  const commandLines = 'cat /proc/[0-9]*/cmdline | tr "\\0" "\\n"'
  const inside = await docker('exec', '-u', '0:0', container, 'sh', '-c', commandLines)
  expect(inside).toContain('runtime.cjs')

  // A container that was killed had no time to clean up: what is on its disk then stays there.
  await docker('kill', container)
  const places: Record<string, string> = {
    inspect: await docker('inspect', container),
    history: await docker('history', '--no-trunc', await docker('inspect', '-f', '{{.Image}}', container)),
    'what it printed': await docker('logs', container),
    'command lines': inside,
    failures: JSON.stringify(failures),
    'answers of the agent': JSON.stringify([
      await api.config.credentials.get(),
      await api.workspaces.environment.get({ name }),
      await api.workspaces.list(),
      await api.info(),
      await api.workspaces.logs({ name }),
    ]),
    'agent said': agent.said.join('\n'),
    ...(await filesOf(agent.configDir, ['secrets.json', 'config.json', 'config.json.bak'])),
  }
  leaving.abort()
  await listening
  places['events'] = JSON.stringify(told)
  expect(places['events']).toContain('workspace.created')
  for (const [place, text] of Object.entries(places)) expect(PLANTED.exec(text)?.[0], place).toBeUndefined()
  // Its own layer, without the volume of the home; the secrets are long enough to be found in any file.
  const search = `docker export "$1" | grep -a -c -E '${PLANTED.source}' || :`
  const found = await promisify(execFile)('sh', ['-c', search, 'sh', container])
  expect(found.stdout.trim()).toBe('0')
})

const inWords = (error: unknown): string => String(error)

async function filesOf(folder: string, except: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && !except.includes(entry.name))
      texts[path.relative(folder, file)] = await readFile(file, 'latin1')
  }
  expect(Object.keys(texts)).toEqual(expect.arrayContaining(['state.json', expect.stringContaining('log')]))
  return texts
}
