import { implement } from '@orpc/server'
import type { Logger } from 'pino'
import { agentContract } from '../../contract/agent/index.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { type Caller, recordCall } from '../audit/audited.ts'
import { type Identity, includesScope } from '../auth/identity.ts'
import type { RateLimit } from '../auth/rate-limit.ts'
import { Refused, toWire } from './failures.ts'
import { scopeOf } from './scopes.ts'

/** Who calls, and the way it came. */
export type CallContext = Caller

export interface GuardDeps {
  /** Calls of each client; those of this computer are not counted. */
  calls: RateLimit
  audit: Pick<AuditLog, 'record'>
  log: Logger
}

export type Guarded = ReturnType<typeof guard>

/** The contract, to be implemented behind one check of who may call and one translation of what can fail. */
export function guard({ calls, audit, log }: GuardDeps) {
  return implement(agentContract)
    .$context<CallContext>()
    .use(async ({ context, path, procedure, signal, next }, input: unknown) => {
      const call = { ...context, path, input }
      try {
        admit(context.identity, { path, calls })
        const answer = await next()
        recordCall(audit, call)
        return answer
      } catch (error) {
        const errorMap: object = procedure['~orpc'].errorMap
        const isDeclared = (code: string): boolean => Object.hasOwn(errorMap, code)
        const told = toWire(error, { path, isDeclared, isAborted: signal?.aborted === true, log })
        recordCall(audit, call, told)
        throw told
      }
    })
}

function admit(identity: Identity, { path, calls }: { path: readonly string[]; calls: RateLimit }): void {
  const needed = scopeOf(path)
  if (!includesScope(identity.scope, needed)) {
    const hint = 'Ask for it on the computer that the agent runs on.'
    throw new Refused('FORBIDDEN', `This needs the scope “${needed}”; this client has “${identity.scope}”.`, hint)
  }
  if (identity.kind !== 'local' && !calls.take(identity.id)) {
    throw new Refused('TOO_MANY_REQUESTS', 'This client asks too much at once.', 'Wait a moment.')
  }
}

/** The caller's signal, or one that never aborts. */
export function lasting(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal
}
