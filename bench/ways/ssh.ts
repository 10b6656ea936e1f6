import type { WorkerClient } from '../../src/client/worker-client.ts'
import { SshClient } from '../../test/support/ssh.ts'
import type { OpenShell } from '../shell.ts'
import { terminalProgram } from './terminal-program.ts'

export interface SshWay {
  open: OpenShell
  end: () => Promise<void>
}

/** A peer: OpenSSH into the same workspace, whose own server has been given a key. */
export async function sshInto(worker: WorkerClient, workspace: string): Promise<SshWay> {
  const client = await SshClient.create()
  const publicKey = (await client.publicKey()).trim()
  const access = await worker.api.workspaces.authorizeKey({ name: workspace, publicKey })
  const options = await client.options(access)
  return {
    open: async (command) => terminalProgram('ssh', [...options, '-tt', 'workspace', command.map(quoted).join(' ')]),
    end: () => client[Symbol.asyncDispose](),
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
