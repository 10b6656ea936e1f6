import type { WorkerClient } from '../../../client/worker-client.ts'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { toFailure } from '../../output/failure.ts'
import { sayJson } from '../../output/json.ts'
import { plainText } from '../../output/plain-text.ts'
import { replaceFile } from '../../replace-file.ts'
import { type Streams, say } from '../../terminal-streams.ts'
import { includeFrom, readText } from './client-files.ts'
import { hostAlias, hostBlock, mergeBlocks, type SshFiles } from './host-settings.ts'
import { reach, type SshHost } from './reach.ts'

export interface ConfigRequest {
  /** Empty: all that run. */
  names: readonly string[]
  install: boolean
  json: boolean
  files: SshFiles
  streams: Streams
}

/** `ws ssh-config`: prints what ssh and editors need to know, or has them know it. */
export async function sshConfig(worker: WorkerClient, request: ConfigRequest): Promise<void> {
  const { files, streams, install, json } = request
  const workspaces = await worker.api.workspaces.list()
  const hosts = await hostsOf(worker, workspaces, request)
  if (install) await installHosts(workspaces, hosts, files)
  if (json) sayJson(streams.stdout, hosts.map(tellHost(files)))
  else if (!install) for (const { alias, settings } of hosts) say(streams.stdout, hostBlock(alias, settings))
  else for (const { alias } of hosts) say(streams.stderr, `ssh ${alias}`)
}

async function hostsOf(
  worker: WorkerClient,
  workspaces: readonly WorkspaceInfo[],
  { names, files, streams }: ConfigRequest,
): Promise<SshHost[]> {
  const hosts: SshHost[] = []
  // Of those that were named each has to be had; of all that run, those that can.
  for (const name of names) hosts.push(await reach(worker, name, files))
  if (names.length > 0) return hosts
  const running = workspaces.filter(({ status }) => status === 'running')
  if (running.length === 0) say(streams.stderr, 'No workspace is running. Start one: ws start <name>')
  for (const { name } of running) {
    try {
      hosts.push(await reach(worker, name, files))
    } catch (error) {
      say(streams.stderr, `Left out: ${name}. ${plainText(toFailure(error).message)}`)
    }
  }
  return hosts
}

async function installHosts(
  workspaces: readonly WorkspaceInfo[],
  hosts: readonly SshHost[],
  files: SshFiles,
): Promise<void> {
  const known = new Set(workspaces.map(({ name }) => hostAlias(name)))
  const fresh = new Map(hosts.map((host) => [host.alias, hostBlock(host.alias, host.settings)]))
  await replaceFile(
    files.config,
    mergeBlocks(await readText(files.config), fresh, (alias) => known.has(alias)),
  )
  await includeFrom(files.config)
}

function tellHost(files: SshFiles): (host: SshHost) => object {
  return ({ workspace, alias, access }) => ({
    workspace,
    alias,
    ...access,
    identityFile: files.key,
    knownHostsFile: files.knownHosts,
  })
}
