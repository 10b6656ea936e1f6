import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

/** How an engine answers that cannot be used. */
export type EngineDouble = 'silent' | 'starting' | 'too_old'

/** Listens on `socketPath` as such an engine would. */
export async function listenAs(kind: EngineDouble, socketPath: string): Promise<Server> {
  const server = createServer((_request, response) => {
    if (kind === 'silent') return
    response.setHeader('content-type', 'application/json')
    response.setHeader('api-version', '1.38')
    response.statusCode = kind === 'starting' ? 503 : 200
    response.end(
      JSON.stringify(
        kind === 'starting'
          ? { message: 'starting' }
          : { Version: '18.06.0', ApiVersion: '1.38', MinAPIVersion: '1.12' },
      ),
    )
  })
  server.listen(socketPath)
  await once(server, 'listening')
  return server
}
