import type { Scope } from '../../contract/agent/clients.ts'
import type { AgentContract } from '../../contract/agent/index.ts'

/** A contract with a scope in place of each procedure: one that is left out does not compile. */
type ScopesOf<Contract> = {
  readonly [Key in keyof Contract]: Contract[Key] extends { '~orpc': unknown } ? Scope : ScopesOf<Contract[Key]>
}

/** What a caller needs for each procedure. Who may run programs in a workspace can see all that it can. */
export const PROCEDURE_SCOPES: ScopesOf<AgentContract> = {
  workspaces: {
    list: 'read',
    get: 'read',
    create: 'operate',
    retry: 'operate',
    cancel: 'operate',
    start: 'operate',
    stop: 'operate',
    restart: 'operate',
    rebuild: 'operate',
    update: 'operate',
    rename: 'operate',
    touch: 'operate',
    delete: 'operate',
    deletionReport: 'read',
    logs: 'operate',
    followLogs: 'operate',
    exec: 'operate',
    authorizeKey: 'operate',
    environment: { get: 'operate', update: 'operate', reveal: 'operate' },
  },
  terminals: { list: 'read', rename: 'operate', close: 'operate' },
  events: 'read',
  stats: 'read',
  info: 'read',
  clients: { list: 'admin', revoke: 'admin', leave: 'read', pair: 'admin', addToken: 'admin' },
  audit: { list: 'admin' },
  config: {
    credentials: { get: 'operate', update: 'admin', reveal: 'admin' },
    logins: { list: 'admin', use: 'admin' },
    scripts: { get: 'operate', update: 'admin' },
    settings: { get: 'operate', update: 'admin' },
    templates: { list: 'read' },
  },
}

/** Terminals and uploads are not procedures, and ask for as much as `exec`. */
export const TERMINAL_SCOPE: Scope = 'operate'

/** The scope of the procedure at `path`; a path that is not in the table asks for the most. */
export function scopeOf(path: readonly string[]): Scope {
  let at: unknown = PROCEDURE_SCOPES
  for (const part of path)
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined
  return at === 'read' || at === 'operate' ? at : 'admin'
}

/** What this agent can do, for `info().capabilities`: its procedures by their paths, and the messages on channels for bytes. */
export const CAPABILITIES: readonly string[] = [...pathsOf(PROCEDURE_SCOPES, ''), 'terminal.1', 'upload.1']

function pathsOf(table: object, prefix: string): string[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? pathsOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}
