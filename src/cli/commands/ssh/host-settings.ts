import path from 'node:path'
import type { SshAccess } from '../../../contract/agent/ssh.ts'

/** Where the client's own key and what it knows of hosts lie. */
export interface SshFiles {
  folder: string
  key: string
  knownHosts: string
  /** Host blocks that an installed `Include` leads to. */
  config: string
}

export function sshFilesIn(configFolder: string): SshFiles {
  const folder = path.resolve(configFolder, 'ssh')
  return {
    folder,
    key: path.join(folder, 'id_ed25519'),
    knownHosts: path.join(folder, 'known_hosts'),
    config: path.join(folder, 'config'),
  }
}

/** The name by which a workspace is an SSH host. */
export function hostAlias(workspace: string): string {
  return `${workspace}.berth`
}

/** What the OpenSSH client has to know of one workspace (ssh_config(5)): its host key is pinned, our key alone is offered. */
export function hostSettings(alias: string, access: SshAccess, files: SshFiles): [string, string][] {
  return [
    ['HostName', access.host],
    ['Port', String(access.port)],
    ['User', access.user],
    ['HostKeyAlias', alias],
    ['IdentityFile', quoted(files.key)],
    ['IdentitiesOnly', 'yes'],
    ['UserKnownHostsFile', quoted(files.knownHosts)],
    ['StrictHostKeyChecking', 'yes'],
    // Whatever `Host *` gives to all: what runs in a workspace does not sign with the owner's keys unless he says so (`-A`).
    ['ForwardAgent', 'no'],
    ['ForwardX11', 'no'],
    ['PermitLocalCommand', 'no'],
  ]
}

/** Settings as a block of a configuration file. */
export function hostBlock(alias: string, settings: readonly [string, string][]): string {
  return `Host ${alias}\n${settings.map(([name, value]) => `  ${name} ${value}\n`).join('')}`
}

/** Settings as options of a command line. */
export function hostOptions(settings: readonly [string, string][]): string[] {
  return settings.flatMap(([name, value]) => ['-o', `${name}=${value}`])
}

/** `blocks` as they are after these have taken the place of those of the same hosts; hosts that are not `kept` go. */
export function mergeBlocks(
  before: string,
  fresh: ReadonlyMap<string, string>,
  isKept: (alias: string) => boolean,
): string {
  const blocks = new Map<string, string>()
  for (const block of before.split(/^(?=Host )/m)) {
    const alias = /^Host (\S+)$/m.exec(block)?.[1]
    if (alias !== undefined && isKept(alias)) blocks.set(alias, block.trimEnd())
  }
  for (const [alias, block] of fresh) blocks.set(alias, block.trimEnd())
  return [...blocks.values()].map((block) => `${block}\n`).join('\n')
}

/** A path as one word; "%" begins a token there. */
function quoted(file: string): string {
  return `"${file.replaceAll('%', '%%')}"`
}
