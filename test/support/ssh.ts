import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { SshAccess } from '../../src/contract/agent/ssh.ts'

export interface SshRun {
  code: number | null
  stdout: string
  stderr: string
}

/** The real OpenSSH client of a person: a folder with a key, and nobody else's configuration. */
export class SshClient {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async create(): Promise<SshClient> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-ssh-'))
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'key')])
    return new SshClient(folder)
  }

  publicKey(): Promise<string> {
    return readFile(path.join(this.folder, 'key.pub'), 'utf8')
  }

  /** Options that name the server, pin its key and offer ours alone; the host is `workspace`. */
  async options(access: SshAccess): Promise<string[]> {
    const known = path.join(this.folder, 'known_hosts')
    await writeFile(known, `workspace ${access.hostKey}\n`)
    const settings = {
      HostName: access.host,
      Port: access.port,
      User: access.user,
      HostKeyAlias: 'workspace',
      IdentityFile: path.join(this.folder, 'key'),
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      BatchMode: 'yes',
      StrictHostKeyChecking: 'yes',
      UserKnownHostsFile: known,
      GlobalKnownHostsFile: '/dev/null',
      LogLevel: 'ERROR',
    }
    return ['-F', 'none', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
  }

  async ssh(access: SshAccess, parameters: string[], input = ''): Promise<SshRun> {
    return await runToEnd('ssh', [...(await this.options(access)), ...parameters], input)
  }

  async scp(access: SshAccess, from: string, to: string): Promise<SshRun> {
    return await runToEnd('scp', [...(await this.options(access)), from, to])
  }

  async sftp(access: SshAccess, batch: string): Promise<SshRun> {
    return await runToEnd('sftp', [...(await this.options(access)), '-b', '-', 'workspace'], batch)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

function runToEnd(program: string, parameters: string[], input = ''): Promise<SshRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters)
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (bytes: Buffer) => {
      stdout += bytes.toString()
    })
    child.stderr.on('data', (bytes: Buffer) => {
      stderr += bytes.toString()
    })
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    child.stdin.end(input)
  })
}
