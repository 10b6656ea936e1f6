import {
  type RuntimeActivity,
  type RuntimeHealth,
  type RuntimeIdentity,
  RuntimeRename,
} from '../../contract/runtime/api.ts'
import type { RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import { HAND_OVER_PATH } from '../../contract/runtime/hand-over.ts'
import { PROTOCOL_VERSION } from '../../contract/version.ts'
import type { Terminals } from '../../terminals/terminals.ts'
import type { Activity } from '../activity/activity.ts'
import { identityProof } from '../boot/claim-port.ts'
import { credentialsRoute } from '../credentials/credentials-route.ts'
import { environmentRoute } from '../environment/environment-route.ts'
import { execRoutes } from '../exec/exec-route.ts'
import { gitReport } from '../git/git-report.ts'
import type { Installed } from '../installed.ts'
import type { OlderRuntimes } from '../older/older-runtimes.ts'
import { keysRoute } from '../ssh/keys-route.ts'
import type { SshServer } from '../ssh/server.ts'
import { ApiRefusal, readJson, replyJson } from './reply.ts'
import type { Route } from './server.ts'

export interface RouteOptions {
  installed: Pick<Installed, 'version' | 'build'>
  user: string
  port: number
  token: string
  terminals: Terminals
  /** Those that handed over to this one. */
  older: OlderRuntimes
  handOver: Route
  activity: Activity
  /** Environment of the user's programs, as of now. */
  env(): Record<string, string>
  changeEnvironment(env: RuntimeEnvironment): void
  home: string
  sshServer: Promise<SshServer>
  workFolder: string
}

/** A title of 200 characters, each of them escaped. */
const RENAME_BODY_BYTES = 4096

/** Routes that answer without a token. */
export const OPEN_ROUTES: ReadonlySet<string> = new Set(['GET /health', 'GET /api/v1/identity'])

export function runtimeRoutes(options: RouteOptions): Record<string, Route> {
  const { installed, user, port, token, terminals, older, activity } = options
  const installedHere = { version: installed.version, build: installed.build }
  const exec = execRoutes(options)
  return {
    'GET /health': ({ response }) => {
      const health: RuntimeHealth = {
        status: 'healthy',
        ...installedHere,
        protocol: PROTOCOL_VERSION,
        uptime: process.uptime(),
        terminals: terminals.count + older.count,
      }
      replyJson(response, 200, health)
    },
    'GET /api/v1/identity': ({ response, url }) => {
      const nonce = url.searchParams.get('nonce') ?? ''
      if (!/^[0-9a-f]{32}$/.test(nonce)) throw new ApiRefusal('BAD_REQUEST', 'The nonce is 32 hexadecimal digits.')
      const identity: RuntimeIdentity = { proof: identityProof(token, nonce), port, user, ...installedHere }
      replyJson(response, 200, identity)
    },
    'GET /api/v1/terminals': async ({ response }) => {
      const held = (await older.list()).filter(({ id }) => !terminals.has(id))
      const all = [...held, ...terminals.list()].sort((a, b) => a.createdAt.localeCompare(b.createdAt))
      replyJson(response, 200, all)
    },
    [`POST ${HAND_OVER_PATH}`]: options.handOver,
    'PATCH /api/v1/terminals/:id': async ({ request, response, id }) => {
      const wanted = RuntimeRename.safeParse(await readJson(request, RENAME_BODY_BYTES))
      if (!wanted.success) throw new ApiRefusal('BAD_REQUEST', 'The title is not valid.')
      if (!terminals.rename(id, wanted.data.title) && !(await older.change('PATCH', id, wanted.data)))
        throw noTerminal()
      response.writeHead(204)
      response.end()
    },
    'DELETE /api/v1/terminals/:id': async ({ response, id }) => {
      if (!(await terminals.end(id)) && !(await older.change('DELETE', id))) throw noTerminal()
      response.writeHead(204)
      response.end()
    },
    'GET /api/v1/activity': async ({ response }) => {
      const all = [activity.look(), ...(await older.activities())]
      const busy = [...new Set(all.flatMap((one) => one.busy))]
      replyJson(response, 200, { idleMs: Math.min(...all.map(({ idleMs }) => idleMs)), busy } satisfies RuntimeActivity)
    },
    'POST /api/v1/exec': exec.whole,
    'POST /api/v1/exec/stream': exec.stream,
    'POST /api/v1/ssh/keys': keysRoute(options),
    'PUT /api/v1/credentials/files': credentialsRoute(options),
    'PUT /api/v1/environment': environmentRoute(options.changeEnvironment),
    'GET /api/v1/git/report': async ({ response }) => {
      replyJson(response, 200, await gitReport(options.home, options.env()))
    },
  }
}

function noTerminal(): ApiRefusal {
  return new ApiRefusal('NOT_FOUND', 'There is no terminal of this id.')
}
