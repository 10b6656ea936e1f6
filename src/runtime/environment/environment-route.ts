import { RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import { ApiRefusal, readJson } from '../api/reply.ts'
import type { Route } from '../api/server.ts'

/** Two environments of 512 Ki characters, each of them escaped. */
const BODY_BYTES = 16 * 1_048_576

/** `PUT /api/v1/environment`: what is started from now on has these variables in place of those before. */
export function environmentRoute(change: (env: RuntimeEnvironment) => void): Route {
  return async ({ request, response }) => {
    const env = RuntimeEnvironment.safeParse(await readJson(request, BODY_BYTES))
    if (!env.success) throw new ApiRefusal('BAD_REQUEST', 'The environment is not valid.')
    change(env.data)
    response.writeHead(204)
    response.end()
  }
}
