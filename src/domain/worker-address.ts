import { z } from 'zod'

/** Where agents listen unless they are told otherwise. */
export const AGENT_PORT = 7391

/** Where a worker is, taken apart. `host` is a name or an IP address, an IPv6 one without brackets. */
export type WorkerAddress =
  | {
      kind: 'http'
      /** Undefined where the person did not say: found out at the first connection. */
      isTls: boolean | undefined
      host: string
      port: number
    }
  | { kind: 'ssh'; user: string | undefined; host: string; port: number | undefined }

/** Begins with a letter or digit: a program that is given one can never take it for an option. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?$/i
const USER = /^[a-z0-9_][a-z0-9._-]{0,63}$/i
const AUTHORITY = /^(?:(?<user>[^@]*)@)?(?:\[(?<v6>[^\]]*)\]|(?<name>[^:[\]]*))(?::(?<port>\d{1,5}))?$/
const SCHEME = /^(?:(https?|ssh):\/\/)?([^/?#]*)\/?$/i

const IPv6 = z.ipv6()

/**
 * Takes an address apart that a person or a link gave: `name`, `name:port`, `[v6]:port`, `http(s)://host[:port]`,
 * `ssh://[user@]host[:port]`. Undefined for everything else, a path, a password or a parameter among it.
 */
export function parseWorkerAddress(text: string): WorkerAddress | undefined {
  const [, scheme, authority] = SCHEME.exec(text.trim()) ?? []
  if (authority === undefined) return undefined
  const groups = AUTHORITY.exec(IPv6.safeParse(authority).success ? `[${authority}]` : authority)?.groups
  const host = hostOf(groups?.['v6'], groups?.['name'])
  const port = groups?.['port'] === undefined ? undefined : Number(groups['port'])
  if (host === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined
  const user = groups?.['user']
  if (scheme?.toLowerCase() === 'ssh') {
    return user === undefined || USER.test(user) ? { kind: 'ssh', user, host, port } : undefined
  }
  if (user !== undefined) return undefined
  const isTls = scheme === undefined ? undefined : scheme.toLowerCase() === 'https'
  return { kind: 'http', isTls, host, port: port ?? AGENT_PORT }
}

function hostOf(v6: string | undefined, name: string | undefined): string | undefined {
  if (v6 !== undefined) return IPv6.safeParse(v6).success ? v6.toLowerCase() : undefined
  return name !== undefined && NAME.test(name) ? name.toLowerCase() : undefined
}

/** The same address as text that `parseWorkerAddress` takes. */
export function formatWorkerAddress(address: WorkerAddress): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  const port = address.port === undefined ? '' : `:${address.port}`
  if (address.kind === 'ssh') return `ssh://${address.user === undefined ? '' : `${address.user}@`}${host}${port}`
  const scheme = address.isTls === undefined ? '' : `http${address.isTls ? 's' : ''}://`
  return `${scheme}${host}${port}`
}
