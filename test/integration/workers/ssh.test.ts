import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { RegistryFixture } from '../../support/registry.ts'
import { SshClient } from '../../support/ssh.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function freePort(): Promise<number> {
  const server = net.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A real sshd for one key, in whose sessions the agent's folder is `configDir`. */
async function startSshd(keys: SshClient, configDir: string): Promise<number> {
  const port = await freePort()
  await mkdir('/run/sshd', { recursive: true })
  const at = (name: string): string => path.join(keys.folder, name)
  await writeFile(at('authorized'), await keys.publicKey(), { mode: 0o600 })
  const settings = {
    ...{ ListenAddress: '127.0.0.1', Port: port, HostKey: at('key'), AuthorizedKeysFile: at('authorized') },
    ...{
      StrictModes: 'no',
      UsePAM: 'no',
      PidFile: 'none',
      PermitRootLogin: 'yes',
      SetEnv: `WS_CONFIG_DIR=${configDir}`,
    },
  }
  const config = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`)
  await writeFile(at('sshd_config'), config.join(''))
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  closing.push(async () => {
    const ended = once(sshd, 'exit')
    sshd.kill()
    await ended
  })
  for await (const line of createInterface(sshd.stderr)) if (line.includes('Server listening')) break
  sshd.stderr.resume()
  return port
}

/** Makes `ssh` of this process the real one with a configuration of its own: it finds its files by the user, not by HOME. */
async function useOwnConfiguration(keys: SshClient): Promise<void> {
  const folder = path.join(keys.folder, 'bin')
  const before = process.env['PATH'] ?? ''
  await mkdir(folder)
  const options = `-F none -i ${path.join(keys.folder, 'key')} -o IdentitiesOnly=yes -o IdentityAgent=none`
  const known = `-o UserKnownHostsFile=${path.join(keys.folder, 'known')} -o GlobalKnownHostsFile=/dev/null`
  await writeFile(path.join(folder, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh ${options} ${known} "$@"\n`)
  await chmod(path.join(folder, 'ssh'), 0o755)
  process.env['PATH'] = `${folder}:${before}`
  closing.push(() => {
    process.env['PATH'] = before
  })
}

it('a worker behind ssh is reached by its socket, once its key is known, without a code', async () => {
  const agent = await AgentProcess.start()
  closing.push(() => agent[Symbol.asyncDispose]())
  const keys = await SshClient.create()
  closing.push(() => keys[Symbol.asyncDispose]())
  const port = await startSshd(keys, agent.configDir)
  await useOwnConfiguration(keys)
  const fixture = await RegistryFixture.start()
  closing.push(() => fixture[Symbol.asyncDispose]())
  const host = `ssh://root@127.0.0.1:${port}`

  expect(await fixture.registry.add({ host })).toMatchObject({
    status: 'unreached',
    probe: { hop: 'ssh', message: expect.stringMatching(/does not know that computer/) },
  })
  const [type = '', key = ''] = (await readFile(path.join(keys.folder, 'key.pub'), 'utf8')).split(' ')
  await writeFile(path.join(keys.folder, 'known'), `[127.0.0.1]:${port} ${type} ${key}\n`)
  const outcome = await fixture.registry.add({ host, label: 'By ssh' })
  if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
  const { id } = outcome.worker
  expect(fixture.summary(id)).toMatchObject({ label: 'By ssh', status: 'active', path: 'ssh', scope: 'admin' })
  expect(await fixture.client(id).api.workspaces.list()).toEqual([])

  await agent.end('SIGKILL')
  await expect.poll(() => fixture.summary(id)?.status).toBe('unreachable')
  await agent.launch()
  fixture.registry.retry(id)
  await expect.poll(() => fixture.summary(id)?.status).toBe('active')
  expect(await fixture.client(id).api.workspaces.list()).toEqual([])
})
