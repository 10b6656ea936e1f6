import type { PublicKey, SshAccess } from '../../contract/agent/ssh.ts'
import { RuntimeSshUser } from '../../contract/runtime/api.ts'
import { AgentError } from '../agent-error.ts'
import { callRuntime, RuntimeRefused } from '../runtime/runtime-http.ts'
import { isWholeKey } from '../ssh/public-key.ts'
import type { WorkspaceDeps } from './deps.ts'
import { toAgentError } from './failures.ts'
import { runtimeEndpoint } from './inside.ts'

const LIMIT_MS = 15_000

/** Lets whoever has the key into a running workspace by SSH, and says how to get there. Asked again, nothing changes. Throws `AgentError`. */
export async function authorizeKey(deps: WorkspaceDeps, name: string, publicKey: PublicKey): Promise<SshAccess> {
  if (!isWholeKey(publicKey)) {
    throw new AgentError('BAD_REQUEST', 'The key is damaged, or not of the type that its line says.', {
      hint: 'Give the line of the .pub file as it is.',
    })
  }
  const { record } = deps.registry.get(name)
  const endpoint = await runtimeEndpoint(deps, name)
  const port = record.ports['ssh']
  if (port === undefined) {
    throw new AgentError('PRECONDITION_FAILED', `${name} has no port for SSH.`, { hint: 'Make the workspace anew.' })
  }
  const signal = AbortSignal.timeout(LIMIT_MS)
  const call = { endpoint, method: 'POST', path: '/api/v1/ssh/keys', body: { publicKey }, signal } as const
  try {
    const { user } = await callRuntime({ ...call, schema: RuntimeSshUser })
    return { host: '127.0.0.1', port, user, hostKey: deps.sshHostKey(record.id).publicKey }
  } catch (error) {
    throw asRefusal(error, name)
  }
}

function asRefusal(error: unknown, name: string): unknown {
  if (error instanceof RuntimeRefused && error.code === 'PRECONDITION_FAILED') {
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    return new AgentError('PRECONDITION_FAILED', error.message, { ...hint, cause: error })
  }
  if (error instanceof RuntimeRefused && error.code === 'NOT_FOUND') {
    const message = `The service inside ${name} is of a version that knows no SSH.`
    return new AgentError('PRECONDITION_FAILED', message, { hint: 'Restart the workspace.', cause: error })
  }
  return toAgentError(error, 'authorizing a key')
}
