import type { IncomingMessage } from 'node:http'
import type { PairResponse } from '../../contract/agent/clients.ts'
import type { AuditLog, NewAuditEntry } from '../audit/audit-log.ts'
import { type Caller, clientOf } from '../audit/audited.ts'
import type { Face } from '../auth/authenticate.ts'
import { tokenOf } from '../auth/request-guard.ts'

type Audit = Pick<AuditLog, 'record'>

const NOBODY = { id: 'nobody' }
const REFUSED = { kind: 'refused', code: 'UNAUTHORIZED' } as const

/** The way a request came, as the audit log has it. */
export function faceOf({ socket }: IncomingMessage, face: Face): NewAuditEntry['face'] {
  const { remoteAddress } = socket
  return face === 'socket' || remoteAddress === undefined ? { kind: face } : { kind: face, address: remoteAddress }
}

/** Somebody came with a token that does not count. Who comes with none has not tried anything. */
export function recordRefusedToken(audit: Audit, request: IncomingMessage): void {
  if (tokenOf(request) === undefined) return
  audit.record({ client: NOBODY, face: faceOf(request, 'network'), action: 'authenticate', outcome: REFUSED })
}

/** A code was traded for a token, or was not right. */
export function recordPairing(audit: Audit, face: NewAuditEntry['face'], paired?: PairResponse): void {
  if (paired === undefined) {
    audit.record({ client: NOBODY, face, action: 'pair', outcome: REFUSED })
    return
  }
  const { id, name, scope } = paired.client
  audit.record({ client: { id, name }, face, action: 'pair', subject: scope, outcome: { kind: 'done' } })
}

interface Joined {
  action: 'terminal.open' | 'upload.open'
  workspace: string
  isRefused?: boolean
}

/** Somebody joined the terminals of a workspace, or brought a file; or may not. */
export function recordJoined(
  audit: Audit,
  { identity, face }: Caller,
  { action, workspace, isRefused = false }: Joined,
): void {
  const outcome = isRefused ? ({ kind: 'refused', code: 'FORBIDDEN' } as const) : ({ kind: 'done' } as const)
  audit.record({ client: clientOf(identity), face, action, subject: workspace, outcome })
}
