import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PairedClient, type PairResponse, type Scope } from '../../contract/agent/clients.ts'
import { writeFileAtomically } from '../store/atomic-file.ts'
import { StoreError } from '../store/store-errors.ts'
import type { Identity } from './identity.ts'

const StoredClient = PairedClient.extend({
  kind: z.enum(['paired', 'token']).default('paired'),
  tokenSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
type StoredClient = z.infer<typeof StoredClient>
const ClientsFile = z.object({ version: z.literal(1), clients: z.array(StoredClient) })

const TOKEN_BYTES = 32
/** `lastSeenAt` reaches the disk at most this often; it is for people, and minutes are enough. */
const WRITE_SEEN_EVERY_MS = 60_000

export type NewClient = { name: string; scope: Scope } & ({ kind: 'paired' } | { kind: 'token'; days: number })

const DAY_MS = 86_400_000

/** The clients that have earned a token. Tokens themselves are not kept: only their digests. */
export interface ClientStore {
  list(): PairedClient[]
  /** A new client and its token, which is told this once. One of a program ends by itself after `days`. */
  add(client: NewClient): Promise<PairResponse>
  /**
   * Whose token this is, who is seen now, at `address`; `undefined` when it is nobody's, or has expired. Takes as long whoever
   * it is.
   */
  authenticate(token: string, address?: string): Identity | undefined
  /**
   * Forgets a client and its token: in this process at once, before the first await. Rejects when that cannot be written;
   * the client stays forgotten here, and asking again writes again. False when there is none of this id.
   */
  revoke(id: string): Promise<boolean>
  /** Writes what is not written yet. */
  flush(): Promise<void>
}

/** Reads `clients.json`, which need not exist. Throws `StoreError` when others may read it or it is damaged. */
export async function openClientStore(file: string, now: () => number = Date.now): Promise<ClientStore> {
  let clients = await readClients(file)
  let seenWrittenAt = now()
  let isSeenUnwritten = false
  let writing: Promise<void> = Promise.resolve()
  /** Revoked here, while the file may still hold them. */
  const unwritten = new Set<string>()

  const write = (): Promise<void> => {
    isSeenUnwritten = false
    seenWrittenAt = now()
    const text = `${JSON.stringify({ version: 1, clients } satisfies z.infer<typeof ClientsFile>, undefined, 2)}\n`
    const next = writing.then(() => writeFileAtomically(file, text))
    // A write that fails is told to who asked for it, and does not stand in the way of the next.
    writing = next.catch(() => undefined)
    return next
  }

  return {
    list: () => clients.map(publicPart),
    add: async (wanted) => {
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const { name, scope, kind } = wanted
      const at = now()
      const client: PairedClient & { kind: 'paired' | 'token' } = {
        ...{ id: randomUUID(), name, scope, kind, createdAt: new Date(at).toISOString() },
        ...(wanted.kind === 'token' ? { expiresAt: new Date(at + wanted.days * DAY_MS).toISOString() } : {}),
      }
      clients = [...clients, { ...client, tokenSha256: digest(token).toString('hex') }]
      await write()
      return { token, client }
    },
    authenticate: (token, address) => {
      const offered = digest(token)
      let found: StoredClient | undefined
      for (const client of clients) {
        if (timingSafeEqual(offered, Buffer.from(client.tokenSha256, 'hex'))) found = client
      }
      if (found === undefined || hasExpired(found, now())) return undefined
      found.lastSeenAt = new Date(now()).toISOString()
      if (address !== undefined) found.lastAddress = address
      isSeenUnwritten = true
      if (now() - seenWrittenAt >= WRITE_SEEN_EVERY_MS) write().catch(() => undefined)
      return identityOf(found)
    },
    revoke: async (id) => {
      const kept = clients.filter((client) => client.id !== id)
      if (kept.length === clients.length && !unwritten.has(id)) return false
      clients = kept
      unwritten.add(id)
      await write()
      unwritten.delete(id)
      return true
    },
    flush: () => (isSeenUnwritten || unwritten.size > 0 ? write() : writing),
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function hasExpired({ expiresAt }: StoredClient, now: number): boolean {
  return expiresAt !== undefined && now >= Date.parse(expiresAt)
}

function identityOf({ id, name, scope, kind, expiresAt }: StoredClient): Identity {
  return { id, name, scope, kind, ...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }) }
}

function publicPart({ tokenSha256: _digest, ...client }: StoredClient): PairedClient {
  return client
}

async function readClients(file: string): Promise<StoredClient[]> {
  let text: string
  try {
    const found = await lstat(file)
    if (!found.isFile() || (process.platform !== 'win32' && (found.mode & 0o077) !== 0)) {
      throw new StoreError(`Others may read ${file}.`, `Close it: chmod 600 '${file}'`)
    }
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const parsed = ClientsFile.safeParse(parseJson(text))
  if (parsed.success) return parsed.data.clients
  throw new StoreError(`${file} is damaged.`, 'Move it away and start again; clients then pair anew.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
