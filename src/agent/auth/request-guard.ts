import type { IncomingMessage } from 'node:http'
import { TOKEN_SUBPROTOCOL_PREFIX } from '../../contract/terminal/limits.ts'

/** Why a request is turned away before anything else looks at it. */
export interface Refusal {
  status: 400 | 403 | 421
  code: 'BAD_REQUEST' | 'FORBIDDEN'
  message: string
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i

/**
 * Looks at what a browser cannot forge: `Host` must name us, or a page of another site has its own name lead here (DNS
 * rebinding); `Origin`, where there is one, must be the page that we serve ourselves. `isOurName` is asked in lower case.
 */
export function refuseForeign(
  request: Pick<IncomingMessage, 'url' | 'headers' | 'rawHeaders'>,
  isOurName: (name: string) => boolean,
): Refusal | undefined {
  if (request.url?.startsWith('/') !== true) {
    return { status: 400, code: 'BAD_REQUEST', message: 'The request names no path.' }
  }
  const { host, origin } = request.headers
  const name = host === undefined ? undefined : HOST.exec(host)?.[1]?.toLowerCase()
  const hosts = request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === 'host')
  if (name === undefined || hosts.length > 1 || !isOurName(name)) {
    return {
      status: 421,
      code: 'FORBIDDEN',
      message: 'This agent does not go by that name. Its config.json can add names with "allowedHosts".',
    }
  }
  if (origin !== undefined && !isSameOrigin(origin, host)) {
    return { status: 403, code: 'FORBIDDEN', message: 'Pages of other sites may not call this agent.' }
  }
  return undefined
}

/** Our own pages: the same host and port over plain HTTP, or behind a proxy over HTTPS. */
function isSameOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

const TOKEN = /^[A-Za-z0-9_-]{20,200}$/

/**
 * The token of a request: `Authorization: Bearer`, or for WebSockets, where pages cannot set headers, a subprotocol.
 * Never from the address, which ends up in logs and histories.
 */
export function tokenOf(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const offered = offeredProtocols(request).find((protocol) => protocol.startsWith(TOKEN_SUBPROTOCOL_PREFIX))
  const token = bearer ?? offered?.slice(TOKEN_SUBPROTOCOL_PREFIX.length)
  return token !== undefined && TOKEN.test(token) ? token : undefined
}

/** The subprotocols that a WebSocket's client offers, in its order. */
export function offeredProtocols(request: Pick<IncomingMessage, 'headers'>): string[] {
  const header = request.headers['sec-websocket-protocol']
  return header === undefined ? [] : header.split(',').map((protocol) => protocol.trim())
}
