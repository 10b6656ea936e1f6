import type { WorkerClient } from '../../../client/worker-client.ts'
import type { SshAccess } from '../../../contract/agent/ssh.ts'
import { clientKey, pinHost } from './client-files.ts'
import { hostAlias, hostSettings, type SshFiles } from './host-settings.ts'

export interface SshHost {
  workspace: string
  alias: string
  access: SshAccess
  settings: [string, string][]
}

/** Has a running workspace let this client in, and this client know the workspace. */
export async function reach(worker: WorkerClient, workspace: string, files: SshFiles): Promise<SshHost> {
  const alias = hostAlias(workspace)
  const publicKey = await clientKey(files)
  const access = await worker.api.workspaces.authorizeKey({ name: workspace, publicKey })
  await pinHost(files, alias, access.hostKey)
  return { workspace, alias, access, settings: hostSettings(alias, access, files) }
}
