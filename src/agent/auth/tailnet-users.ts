import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { PairedClient, Scope } from '../../contract/agent/clients.ts'
import type { Tailnet, TailnetUser } from '../../tailnet/tailnet.ts'
import { isTailnet } from '../network/addresses.ts'
import type { Identity, NotKnownNow } from './identity.ts'

/** Users of the tailnet whom the worker's owner has named: they need no token. */
export interface TailnetUsers {
  /**
   * Who a request is from, by what tailscaled says of the address that it came from, and by nothing that is in it; `not known now` where
   * tailscaled does not answer. Never rejects.
   */
  identify(request: Pick<IncomingMessage, 'socket'>): Promise<Identity | NotKnownNow | undefined>
  /** Those who were seen since the agent runs, and are still named. */
  list(): (PairedClient & { login: string })[]
  /** The ids of those who were seen, and are not named any more, or with another scope. They are forgotten here. */
  takeChanged(): string[]
}

export interface TailnetUsersDeps {
  tailnet: Pick<Tailnet, 'whois'>
  /** The users that are named now, by the name they sign in by. */
  users(): Readonly<Record<string, Scope>>
  /** Every address of this computer now. */
  ownAddresses(): readonly string[]
  log: Logger
  now?: () => number
}

/** An answer of tailscaled counts this long: a screen that starts opens a dozen connections. */
const FRESH_MS = 5_000
/** Answers that are kept. */
const MOST_ANSWERS = 1_000
const LONGEST_NAME = 120

const NOT_KNOWN: NotKnownNow = 'not known now'

interface Answer {
  at: number
  user: Promise<TailnetUser | NotKnownNow | undefined>
}

interface Seen {
  client: PairedClient
  scope: Scope
}

export function tailnetUsers({ tailnet, users, ownAddresses, log, now = Date.now }: TailnetUsersDeps): TailnetUsers {
  const answers = new Map<string, Answer>()
  const seen = new Map<string, Seen>()
  /** Those who were seen with another scope than they were seen with before. */
  const changed = new Set<string>()

  const ask = (ip: string, port: number): Answer['user'] => {
    const known = answers.get(ip)
    if (known !== undefined && now() - known.at < FRESH_MS) return known.user
    const user = tailnet.whois(ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`).catch((error: unknown) => {
      log.warn({ err: error }, 'tailscaled did not say who somebody is')
      // What was no answer is not kept.
      if (answers.get(ip) === answer) answers.delete(ip)
      return NOT_KNOWN
    })
    const answer = { at: now(), user }
    answers.delete(ip)
    answers.set(ip, answer)
    const [oldest] = answers.keys()
    if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest)
    return user
  }
  const isNamed = ([login, { scope }]: [string, Seen]): boolean => scopeOf(users(), login) === scope

  return {
    identify: async ({ socket }) => {
      const { remoteAddress: ip = '', remotePort: port = 0, localAddress = '' } = socket
      if (Object.keys(users()).length === 0 || !isTailnet(ip) || !isTailnet(localAddress)) return undefined
      // Any program here can connect to our own address, and would pass for the one who owns this computer.
      if (ownAddresses().includes(ip)) return undefined
      const user = await ask(ip, port)
      if (user === NOT_KNOWN) return user
      const scope = user === undefined ? undefined : scopeOf(users(), user.login)
      if (user === undefined || scope === undefined) return undefined
      const before = seen.get(user.login)
      const { id, name, createdAt } = before?.client ?? newClient(user.login, now())
      if (before !== undefined && before.scope !== scope) changed.add(id)
      const lastSeenAt = new Date(now()).toISOString()
      const client = { id, name, scope, kind: 'tailnet' as const, createdAt, lastSeenAt, lastAddress: ip }
      seen.set(user.login, { client, scope })
      return { kind: 'tailnet', id, name, scope }
    },
    list: () => [...seen].filter(isNamed).map(([login, { client }]) => ({ ...client, login })),
    takeChanged: () => {
      for (const one of [...seen].filter((each) => !isNamed(each))) {
        const [login, { client }] = one
        seen.delete(login)
        changed.add(client.id)
      }
      const ids = [...changed]
      changed.clear()
      return ids
    },
  }
}

function scopeOf(users: Readonly<Record<string, Scope>>, login: string): Scope | undefined {
  return Object.hasOwn(users, login) ? users[login] : undefined
}

function newClient(login: string, at: number): Pick<PairedClient, 'id' | 'name' | 'createdAt'> {
  const digest = createHash('sha256').update(login).digest('hex').slice(0, 24)
  return { id: `tailnet:${digest}`, name: login.slice(0, LONGEST_NAME), createdAt: new Date(at).toISOString() }
}
