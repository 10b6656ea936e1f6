import { RuntimeSshKey, type RuntimeSshUser } from '../../contract/runtime/api.ts'
import { ApiRefusal, readJson, replyJson } from '../api/reply.ts'
import type { Route } from '../api/server.ts'
import { authorizeKey, KeysRefusal } from './authorized-keys.ts'
import type { SshServer } from './server.ts'

const BODY_BYTES = 65_536

/** `POST /api/v1/ssh/keys`: lets a key in, where there is a server to let anybody in. */
export function keysRoute(options: { user: string; home: string; sshServer: Promise<SshServer> }): Route {
  return async ({ request, response }) => {
    const input = RuntimeSshKey.safeParse(await readJson(request, BODY_BYTES))
    if (!input.success) throw new ApiRefusal('BAD_REQUEST', 'The key is not one line of type, key and comment.')
    refuseUnlessServing(await options.sshServer)
    try {
      authorizeKey(options.home, input.data.publicKey)
    } catch (error) {
      if (!(error instanceof KeysRefusal)) throw error
      throw new ApiRefusal('PRECONDITION_FAILED', error.message, 'Mend it in a terminal, then try again.')
    }
    const answer: RuntimeSshUser = { user: options.user }
    replyJson(response, 200, answer)
  }
}

function refuseUnlessServing(server: SshServer): void {
  if (server.status === 'absent') {
    const hint = 'Install openssh-server in it and restart the workspace, or use another template.'
    throw new ApiRefusal('PRECONDITION_FAILED', 'The image of this workspace has no SSH server.', hint)
  }
  if (server.status === 'failed') {
    const message = `The SSH server of this workspace did not start: ${server.message}`
    throw new ApiRefusal('PRECONDITION_FAILED', message, 'Restart the workspace.')
  }
}
