import type { ORPCError } from '@orpc/server'
import { z } from 'zod'
import type { AgentContract } from '../../contract/agent/index.ts'
import type { Identity } from '../auth/identity.ts'
import type { AuditLog, NewAuditEntry } from './audit-log.ts'

/** A caller as the audit log knows it. */
export interface Caller {
  identity: Identity
  face: NewAuditEntry['face']
}

/** A contract with each of its procedures named by its path. */
type PathsOf<Contract> = {
  [Key in keyof Contract & string]: Contract[Key] extends { '~orpc': unknown }
    ? Key
    : `${Key}.${PathsOf<Contract[Key]>}`
}[keyof Contract & string]

/** What changes nothing and tells no secret. All else is written down, and so is what a later version adds. */
const QUIET: ReadonlySet<string> = new Set<PathsOf<AgentContract>>([
  'workspaces.list',
  'workspaces.get',
  'workspaces.touch',
  'workspaces.deletionReport',
  'workspaces.logs',
  'workspaces.followLogs',
  'workspaces.environment.get',
  'terminals.list',
  'events',
  'stats',
  'info',
  'clients.list',
  'audit.list',
  'config.credentials.get',
  'config.logins.list',
  'config.scripts.get',
  'config.settings.get',
  'config.templates.list',
])

const REFUSALS: ReadonlySet<string> = new Set(['FORBIDDEN', 'UNAUTHORIZED', 'TOO_MANY_REQUESTS'])

export interface AuditedCall extends Caller {
  path: readonly string[]
  /** As it came: nothing has looked at it. */
  input: unknown
}

/** Writes a call down where it is one to remember: what changes something, tells a secret, or was refused. */
export function recordCall(
  audit: Pick<AuditLog, 'record'>,
  { identity, face, path, input }: AuditedCall,
  error?: Pick<ORPCError<string, unknown>, 'code'>,
): void {
  const action = path.join('.')
  const outcome = outcomeOf(error?.code)
  if (QUIET.has(action) && outcome.kind !== 'refused') return
  const subject = subjectOf(input)
  audit.record({ client: clientOf(identity), face, action, ...(subject === undefined ? {} : { subject }), outcome })
}

function outcomeOf(code: string | undefined): NewAuditEntry['outcome'] {
  if (code === undefined) return { kind: 'done' }
  return { kind: REFUSALS.has(code) ? 'refused' : 'failed', code }
}

/** Who it was, as entries name it. */
export function clientOf(identity: Identity): NewAuditEntry['client'] {
  return 'name' in identity ? { id: identity.id, name: identity.name } : { id: identity.id }
}

const Named = z.string().max(1024)
const Keys = z.record(z.string(), z.unknown())

/** What calls are about, by the keys of their input. Of objects only the names in them are told: values may be secrets. */
const Subject = z.object({
  ...{ name: Named, workspace: Named, id: Named, key: Named, terminal: Named, kind: Named, scope: Named },
  ...{ env: Keys, files: Keys, patch: Keys },
})
const SUBJECT = Subject.partial().catch({})

function subjectOf(input: unknown): string | undefined {
  const { env, files, patch, ...named } = SUBJECT.parse(input)
  const words = [...Object.values(named), ...[env, files, patch].flatMap((keys) => Object.keys(keys ?? {}))]
  return words.length === 0 ? undefined : words.join(' ')
}
