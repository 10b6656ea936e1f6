import path from 'node:path'
import type { Logger } from 'pino'
import { AuditEntry } from '../../contract/agent/audit.ts'
import { createRateLimit } from '../auth/rate-limit.ts'
import { type LineFilesLimits, openLineFiles } from './line-files.ts'

/** What somebody did, before it has its id and time. Text in it may be anybody's. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'>

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[]
  /** The entry to go on before; absent where there is nothing older. */
  before?: string
}

/** Who did what with this worker, or tried to. Kept over restarts, in bounded files. */
export interface AuditLog extends Disposable {
  /** Writes it down. Refusals from one address beyond a few a minute are left out, so that they displace nothing. */
  record(entry: NewAuditEntry): void
  list(page: { before: string | undefined; limit: number }): Promise<AuditPage>
}

export interface AuditLogOptions {
  configDir: string
  log: Logger
  now?: () => number
  limits?: LineFilesLimits
}

/** 32 MiB in all, which is a hundred thousand entries and more. */
const LIMITS: LineFilesLimits = { fileBytes: 4 * 1024 * 1024, files: 8 }
/** Refusals that are written down: of one address, and of all. */
const REFUSALS_OF_ONE = { burst: 20, perSecond: 10 / 60 }
const REFUSALS_OF_ALL = { burst: 200, perSecond: 1 }
const LONGEST_SUBJECT = 200
const LONGEST_NAME = 120

/** Opens the log in the folder of the agent, which is claimed already: it has one writer. */
export async function openAuditLog({
  configDir,
  log,
  now = Date.now,
  limits = LIMITS,
}: AuditLogOptions): Promise<AuditLog> {
  const files = openLineFiles(path.join(configDir, 'audit'), 'audit.jsonl', limits)
  const ofOne = createRateLimit({ ...REFUSALS_OF_ONE, now })
  const ofAll = createRateLimit({ ...REFUSALS_OF_ALL, now })
  const isWanted = ({ outcome, face }: NewAuditEntry): boolean =>
    outcome.kind !== 'refused' || (ofOne.take(face.address ?? face.kind) && ofAll.take('all'))

  async function* newestFirst(): AsyncGenerator<AuditEntry, void, void> {
    let told = Number.POSITIVE_INFINITY
    for await (const lines of files.newestFirst()) {
      for (const line of lines.toReversed()) {
        const entry = parseEntry(line)
        // A file that is put aside while it is read comes once more, as the next older one.
        if (entry === undefined || Number(entry.id) >= told) continue
        told = Number(entry.id)
        yield entry
      }
    }
  }

  let last = 0
  for await (const { id } of newestFirst()) {
    last = Number(id)
    break
  }
  return {
    record: (entry) => {
      if (!isWanted(entry)) return
      last += 1
      try {
        files.append(JSON.stringify({ id: String(last), at: new Date(now()).toISOString(), ...bounded(entry) }))
      } catch (error) {
        // What was asked for has been done or refused already; that nobody can read of it later is said in the log.
        log.error({ err: error, action: entry.action }, 'the audit log cannot be written')
      }
    },
    list: async ({ before, limit }) => {
      const entries: AuditEntry[] = []
      for await (const entry of newestFirst()) {
        if (before !== undefined && Number(entry.id) >= Number(before)) continue
        if (entries.length === limit) return { entries, before: entries[limit - 1]?.id ?? entry.id }
        entries.push(entry)
      }
      return { entries }
    },
    [Symbol.dispose]: () => files[Symbol.dispose](),
  }
}

function bounded({ client, face, action, subject, outcome }: NewAuditEntry): NewAuditEntry {
  return {
    client: { id: client.id, ...(client.name === undefined ? {} : { name: oneLine(client.name, LONGEST_NAME) }) },
    face,
    action,
    ...(subject === undefined || subject === '' ? {} : { subject: oneLine(subject, LONGEST_SUBJECT) }),
    outcome,
  }
}

/** Text of others as one line: without what terminals obey, or what turns the order of letters round. */
function oneLine(text: string, longest: number): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\uFFFD')
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function parseEntry(line: string): AuditEntry | undefined {
  try {
    return AuditEntry.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
