import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { CliFailure } from '../../cli-failure.ts'
import { replaceFile } from '../../replace-file.ts'
import type { SshFiles } from './host-settings.ts'

/** The public key of this client, made where there is none yet. Throws `CliFailure` where OpenSSH is not installed. */
export async function clientKey({ folder, key }: SshFiles): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await readText(`${key}.pub`)
  if (found !== '') return found.trim()
  const draft = `${key}.${randomUUID()}`
  try {
    const comment = `berth@${hostname()}`
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', draft])
    await chmod(draft, 0o600)
    // Of two that begin at once one wins, with both of its files: the public one comes last.
    await link(draft, key)
    await rename(`${draft}.pub`, `${key}.pub`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw noOpenSsh('ssh-keygen')
    if (code !== 'EEXIST') throw error
    await rewritePublicKey(key)
  } finally {
    await Promise.all([rm(draft, { force: true }), rm(`${draft}.pub`, { force: true })])
  }
  return (await readFile(`${key}.pub`, 'utf8')).trim()
}

/** The private key is there, and the public one may not be: it follows from it. */
async function rewritePublicKey(key: string): Promise<void> {
  const { stdout } = await promisify(execFile)('ssh-keygen', ['-y', '-f', key])
  await replaceFile(`${key}.pub`, stdout)
}

/** Has this client know a host by the key that its agent told, and by no other. */
export async function pinHost({ knownHosts }: SshFiles, alias: string, hostKey: string): Promise<void> {
  const before = await readText(knownHosts)
  const line = `${alias} ${hostKey}`
  const others = before.split('\n').filter((one) => one !== '' && !one.startsWith(`${alias} `))
  const text = `${[...others, line].join('\n')}\n`
  if (before !== text) await replaceFile(knownHosts, text)
}

/** Has the person's own configuration lead to `config`. Returns its path where it was changed. */
export async function includeFrom(config: string): Promise<string | undefined> {
  const file = path.join(homedir(), '.ssh', 'config')
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const line = `Include "${config}"`
  const before = await readText(file)
  if (before.split('\n').some((one) => one.trim() === line)) return undefined
  // First of all: what stands below a `Host` line would be part of that.
  await replaceFile(await realpath(file).catch(() => file), `${line}\n\n${before}`)
  return file
}

/** Empty where there is none. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

export function noOpenSsh(program: string): CliFailure {
  return new CliFailure(`There is no ${program} on this computer.`, {
    code: 'NO_SSH',
    hint: 'Install the OpenSSH client. `ws shell` needs none.',
  })
}
