import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Credentials, Login } from '../../../src/contract/agent/config.ts'
import { AgentProcess } from '../../support/agent.ts'
import { storedSecrets } from '../../support/stored-secrets.ts'
import { WsTerminal, ws } from './ws-command.ts'

let home = ''
let agent: AgentProcess
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'berth-home-'))
  agent = await AgentProcess.start({ environment: { HOME: home } })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

const shown = async (): Promise<Credentials> =>
  Credentials.parse(JSON.parse((await ws(agent, ['config', 'get', '--json'])).stdout.toString()))

it('a variable is set from the input or a hidden answer, shown masked, and forgotten', async () => {
  expect((await ws(agent, ['config'])).stdout.toString()).toContain('ws config set-env')
  const set = await ws(agent, ['config', 'set-env', 'API_KEY'], 'planted-value-0123\n')
  expect(set).toMatchObject({ code: 0, stderr: expect.stringContaining('API_KEY is set') })
  expect((await ws(agent, ['config', 'get'])).stdout.toString()).toMatch(/^API_KEY +•{8}0123 +secrets$/m)
  expect(await storedSecrets(agent.configDir)).toEqual({ 'env/API_KEY': 'planted-value-0123' })
  const refused = await ws(agent, ['config', 'set-env', 'API_KEY'], '••••••••0123')
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('masked') })
  expect(await ws(agent, ['config', 'set-env', 'sk-planted'], 'x')).toMatchObject({
    code: 2,
    stderr: expect.not.stringContaining('sk-planted'),
  })

  const asked = new WsTerminal(agent, 'config', 'set-env', 'TYPED')
  await asked.shows('Value of TYPED:')
  asked.type('typed-secret\r')
  await asked.shows('TYPED is set')
  expect(await asked.ends()).toBe(0)
  expect(asked.text).not.toContain('typed-secret')
  expect(await storedSecrets(agent.configDir)).toMatchObject({ 'env/TYPED': 'typed-secret' })

  await ws(agent, ['config', 'unset-env', 'API_KEY'])
  expect(Object.keys((await shown()).env)).toEqual(['TYPED'])
  const unknown = await ws(agent, ['config', 'unset-env', 'API_KEY'])
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('No variable API_KEY is set.') })
})

it('files are added and removed as people name them, and sign-ins are offered', async () => {
  await writeFile(path.join(home, '.gitconfig'), '[user]\n')
  await ws(agent, ['config', 'add-file', path.join(home, '.gitconfig')])
  await ws(agent, ['config', 'add-file', '/etc/hostname', '~/host/name'])
  expect((await shown()).files).toEqual({ '~/.gitconfig': '~/.gitconfig', '~/host/name': '/etc/hostname' })
  expect(await ws(agent, ['config', 'add-file', '/etc/hostname'])).toMatchObject({ code: 2 })
  expect(await ws(agent, ['config', 'add-file', '/etc/hostname', '~/../x'])).toMatchObject({ code: 2 })
  const missing = await ws(agent, ['config', 'add-file', path.join(home, 'nothing')])
  expect(missing).toMatchObject({ code: 0, stderr: '~/nothing: It is missing on this computer.\n' })
  // As a shell has made of ~/nothing.
  await ws(agent, ['config', 'remove-file', path.join(home, 'nothing')])
  await ws(agent, ['config', 'remove-file', '~/host/name'])
  expect(JSON.parse(await readFile(path.join(agent.configDir, 'config.json'), 'utf8'))).toMatchObject({
    credentials: { files: { '~/.gitconfig': '~/.gitconfig' } },
  })

  expect((await ws(agent, ['config', 'logins'])).stdout.toString()).toBe('None was found on this computer.\n')
  await writeFile(path.join(home, '.claude.json'), '{}')
  await mkdir(path.join(home, '.claude'))
  await writeFile(path.join(home, '.claude/.credentials.json'), '{"token":"planted"}')
  expect(await ws(agent, ['config', 'use-login', 'gh'])).toMatchObject({ code: 1 })
  expect(await ws(agent, ['config', 'use-login', 'claude-code'])).toMatchObject({ code: 0 })
  const logins = Login.array().parse(JSON.parse((await ws(agent, ['config', 'logins', '--json'])).stdout.toString()))
  expect(logins).toEqual([{ kind: 'claude-code', label: 'Claude Code', isGiven: true }])
  expect(Object.keys((await shown()).files)).toContain('~/.claude.json')
})
