import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SshAccess } from '../../../src/contract/agent/ssh.ts'
import { containerName } from '../../../src/domain/engine-names.ts'
import { CoreFixture, run } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { SshClient } from '../../support/ssh.ts'

const name = `ssh-${randomUUID().slice(0, 8)}`

describe('a workspace by SSH', () => {
  let fixture: CoreFixture
  let client: SshClient
  let access: SshAccess
  beforeAll(async () => {
    fixture = await CoreFixture.start()
    client = await SshClient.create()
    await fixture.core.workspaces.create({ name, env: { PLANTED: "it's here\nand here" } })
  })
  afterAll(async () => {
    await client[Symbol.asyncDispose]()
    await fixture[Symbol.asyncDispose]()
  })

  const inside = (script: string): Promise<string> => run(fixture.core, name, 'sh', '-c', script)

  it('refuses who is not let in, whatever password, and root', async () => {
    const { ssh: port = 0 } = fixture.core.workspaces.get(name).ports
    const stranger = await SshClient.create()
    access = await fixture.core.workspaces.authorizeKey(name, (await client.publicKey()).trim())
    expect(access).toMatchObject({ host: '127.0.0.1', port, user: 'workspace' })
    const refused = await stranger.ssh(access, ['workspace', 'true'])
    expect(refused).toMatchObject({ code: 255, stdout: '' })
    expect(refused.stderr).toContain('Permission denied (publickey).')
    expect((await client.ssh({ ...access, user: 'root' }, ['workspace', 'true'])).stderr).toContain('Permission denied')
    await stranger[Symbol.asyncDispose]()
  })

  it('runs commands with the environment of the workspace, and ends as they end', async () => {
    const printed = await client.ssh(access, [
      'workspace',
      'printf "%s|%s|%s" "$PLANTED" "$WORKSPACE_PATH" "$PWD"; exit 7',
    ])
    expect(printed).toEqual({
      code: 7,
      stdout: "it's here\nand here|/home/workspace/workspace|/home/workspace",
      stderr: '',
    })
    expect(await client.ssh(access, ['-T', 'workspace', 'bash'], 'echo "$PLANTED" | head -n 1; echo oops >&2')).toEqual(
      {
        code: 0,
        stdout: "it's here\n",
        stderr: 'oops\n',
      },
    )
    expect(await client.ssh(access, ['workspace', 'kill -TERM $$'])).toMatchObject({ code: 255 })
  })

  it('gives a PTY what a terminal has', async () => {
    const typed = 'tty; pwd; echo "path: $PATH"; shopt -q login_shell && echo login; exit 3\n'
    const { code, stdout } = await client.ssh(access, ['-tt', 'workspace'], typed)
    expect(code).toBe(3)
    expect(stdout).toContain('/dev/pts/')
    expect(stdout).toContain('\n/home/workspace/workspace\r\n')
    expect(stdout).toContain('\nlogin\r\n')
  })

  it('copies files by scp and sftp, byte for byte', async () => {
    const bytes = randomBytes(300_000)
    const [local, back] = [path.join(client.folder, 'local'), path.join(client.folder, 'back')]
    await writeFile(local, bytes)
    expect(await client.scp(access, local, 'workspace:copied')).toMatchObject({ code: 0 })
    expect(
      await client.sftp(access, `cd workspace\nput ${local} sent\nget /home/workspace/copied ${back}\n`),
    ).toMatchObject({
      code: 0,
    })
    expect((await readFile(back)).equals(bytes)).toBe(true)
    expect(await inside('stat -c %s ~/copied ~/workspace/sent')).toBe('300000\n300000\n')
  })

  it('forwards ports of the workspace to the client', async () => {
    const server =
      "require('node:http').createServer((_, response) => response.end('from inside')).listen(4567, '127.0.0.1', () => console.log('up'))"
    const script = `node=$(ls -d /opt/berth/*/bin/node | head -n 1); exec "$node" -e "${server}"`
    const port = 12_000 + Math.floor(Math.random() * 20_000)
    const forwarding = client.ssh(access, ['-tt', '-L', `127.0.0.1:${port}:127.0.0.1:4567`, 'workspace', script])
    await expect
      .poll(async () => await fetch(`http://127.0.0.1:${port}`).then((answer) => answer.text(), String), {
        timeout: 20_000,
      })
      .toBe('from inside')
    await inside("pkill -f 'createServer[(]'")
    expect((await forwarding).stdout).toContain('up')
  })

  it('lets a key in once, however often it is asked, and keeps what was there', async () => {
    const key = (await client.publicKey()).trim()
    await inside('printf "# mine" >> ~/.ssh/authorized_keys; chmod 666 ~/.ssh/authorized_keys; chmod 755 ~/.ssh')
    await Promise.all([1, 2, 3].map(() => fixture.core.workspaces.authorizeKey(name, key)))
    expect(await inside('cat ~/.ssh/authorized_keys; stat -c %a ~/.ssh ~/.ssh/authorized_keys')).toBe(
      `${key}\n# mine700\n600\n`,
    )
    const other = await SshClient.create()
    await fixture.core.workspaces.authorizeKey(name, (await other.publicKey()).trim())
    expect((await other.ssh(access, ['workspace', 'echo in'])).stdout).toBe('in\n')
    await other[Symbol.asyncDispose]()
  })

  it('is the same host after a stop and after the agent was restarted, and shows its key to nobody', async () => {
    await fixture.core.workspaces.stop(name)
    await fixture.core.workspaces.start(name)
    await fixture.restartCore()
    expect(await client.ssh(access, ['workspace', 'hostname'])).toEqual({ code: 0, stdout: `${name}\n`, stderr: '' })
    expect(await inside('cat /run/berth/ssh_host_ed25519_key 2>&1 || :')).toContain('Permission denied')
    expect(await inside('ls /etc/ssh/ssh_host_* 2>/dev/null | wc -l')).toBe('0\n')
    const inspected = await docker('inspect', containerName(name))
    expect(inspected).not.toContain('PRIVATE KEY')
  })

  it('does not follow what the user of the workspace made a link', async () => {
    const key = (await client.publicKey()).trim()
    await inside('mv ~/.ssh ~/kept; mkdir ~/aim; ln -s ~/aim ~/.ssh')
    await expect(fixture.core.workspaces.authorizeKey(name, key)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    await inside('rm ~/.ssh; mkdir -m 700 ~/.ssh; touch ~/aim/file; ln -s ~/aim/file ~/.ssh/authorized_keys')
    await expect(fixture.core.workspaces.authorizeKey(name, key)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    await inside('rm ~/.ssh/authorized_keys; mkfifo ~/.ssh/authorized_keys')
    await expect(fixture.core.workspaces.authorizeKey(name, key)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(await inside('ls -A ~/aim; stat -c %s ~/aim/file')).toBe('file\n0\n')
    await inside('rm -r ~/.ssh; mv ~/kept ~/.ssh')
  })

  it('says so where the image has no SSH server', async () => {
    await docker('exec', containerName(name), 'mv', '/usr/sbin/sshd', '/usr/sbin/sshd.away')
    await fixture.core.workspaces.restart(name)
    await expect(fixture.core.workspaces.authorizeKey(name, (await client.publicKey()).trim())).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      message: 'The image of this workspace has no SSH server.',
    })
    expect(fixture.core.workspaces.get(name).runtime?.status).toBe('ready')
  })
})
