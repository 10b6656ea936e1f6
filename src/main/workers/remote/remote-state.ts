import { LateError } from '../../../client/link-error.ts'
import { smoothed } from '../../../client/terminal/round-trip.ts'
import type { ConnectionState } from '../../../client/worker-client.ts'
import type { Diagnostic } from '../../../contract/agent/info.ts'
import type { WorkerPath, WorkerSummary } from '../../../contract/desktop/worker.ts'
import { assertNever } from '../../../domain/assert-never.ts'
import { DialError } from '../reach/dial-error.ts'
import type { Greeting } from './greeting.ts'
import { shownMessage, shownText } from './shown-text.ts'
import type { WorkerRecord } from './worker-record.ts'

/** Where a remote worker stands. Times are ms since the epoch. */
export interface RemoteState {
  phase:
    | { name: 'connecting' }
    | { name: 'active' }
    /** Backing off: the next attempt is at `retryAt`. */
    | { name: 'unreachable'; retryAt: number }
    | { name: 'unauthorized' }
    | { name: 'incompatible'; message: string }
  /** What it said of itself when it was reached last. */
  greeting: Greeting | undefined
  lastSeenAt: number | undefined
  /** Why the last attempt failed, until one succeeds. */
  trouble: Diagnostic | undefined
  /** How long it takes to answer, smoothed, in milliseconds; of this connection. */
  roundTripMs: number | undefined
}

export type RemoteHappening =
  | { type: 'connection'; state: ConnectionState; at: number }
  | { type: 'failed'; trouble: Diagnostic }
  | { type: 'greeted'; greeting: Greeting }
  | { type: 'measured'; roundTripMs: number }

export function initialState(record: WorkerRecord): RemoteState {
  const lastSeenAt = record.lastSeenAt === undefined ? undefined : Date.parse(record.lastSeenAt)
  return { phase: { name: 'connecting' }, greeting: undefined, lastSeenAt, trouble: undefined, roundTripMs: undefined }
}

export function reduceRemote(state: RemoteState, happening: RemoteHappening): RemoteState {
  switch (happening.type) {
    case 'connection':
      return afterConnection({ ...state, roundTripMs: undefined }, happening)
    case 'failed':
      return { ...state, trouble: happening.trouble }
    case 'greeted':
      return { ...state, greeting: happening.greeting }
    case 'measured':
      return { ...state, roundTripMs: smoothed(state.roundTripMs, happening.roundTripMs) }
    default:
      return assertNever(happening)
  }
}

function afterConnection(state: RemoteState, { state: now, at }: { state: ConnectionState; at: number }): RemoteState {
  switch (now.status) {
    case 'connecting':
      return { ...state, phase: { name: 'connecting' } }
    case 'live':
      return { ...state, phase: { name: 'active' }, lastSeenAt: at, trouble: undefined }
    case 'reconnecting': {
      const lastSeenAt = now.lastLiveAt ?? state.lastSeenAt
      // An attempt that failed has said why.
      const trouble = state.phase.name === 'active' ? (state.trouble ?? LOST) : state.trouble
      return { ...state, phase: { name: 'unreachable', retryAt: now.retryAt }, lastSeenAt, trouble }
    }
    case 'refused':
      return now.reason === 'unauthorized'
        ? { ...state, phase: { name: 'unauthorized' }, trouble: reasonToRefuse(now.message) }
        : { ...state, phase: { name: 'incompatible', message: now.message }, trouble: undefined }
    case 'closed':
      return state
    default:
      return assertNever(now)
  }
}

/** This side's own reason, where it is this side that does not want the connection. */
function reasonToRefuse(told: string): Diagnostic {
  return [TOKEN_MISSING, ANOTHER_AGENT].find(({ message }) => message === told) ?? REFUSED
}

const REFUSED: Diagnostic = {
  code: 'remote_runtime_auth_failed',
  severity: 'error',
  message: 'The worker does not let this computer in any more. Pair with it again.',
}

export const TOKEN_MISSING: Diagnostic = {
  code: 'remote_runtime_token_missing',
  severity: 'error',
  message: 'The keychain did not give the token of this worker. Unlock it, or pair with the worker again.',
}

export const ANOTHER_AGENT: Diagnostic = {
  code: 'remote_runtime_untrusted',
  severity: 'error',
  message:
    'Another agent answers there than the one that was added. If it was set up anew, pair with it again; else find out who it is.',
}

const FLEETING: Diagnostic = {
  code: 'remote_runtime_token_in_memory',
  severity: 'warning',
  message: 'No keychain answers on this computer: the token of this worker is kept until Berth ends.',
}

const LOST: Diagnostic = {
  code: 'remote_runtime_network_error',
  severity: 'error',
  message: 'The connection to the worker was lost.',
}

/** What takes the connection answers in a way that no agent does. */
export const NO_AGENT: Diagnostic = {
  code: 'remote_runtime_malformed_response',
  severity: 'error',
  message: 'What answers there did not take the connection as an agent does.',
}

/** Why an attempt failed, by the codes of the registry that this one follows. */
export function troubleOf(error: unknown): Diagnostic {
  if (error instanceof LateError) return trouble('remote_runtime_timeout', error.message)
  if (!(error instanceof DialError)) return NO_AGENT
  const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`
  if (error.isTimeout) return trouble('remote_runtime_timeout', message)
  switch (error.hop) {
    case 'tls':
    case 'plain':
      return trouble('remote_runtime_untrusted', message)
    case 'agent':
    case 'version':
      return trouble('remote_runtime_malformed_response', message)
    case 'address':
    case 'name':
    case 'port':
    case 'ssh':
      return trouble('remote_runtime_network_error', message)
    default:
      return assertNever(error.hop)
  }
}

function trouble(code: string, message: string): Diagnostic {
  return { code, severity: 'error', message: shownMessage(message) }
}

/** Nobody is told of a round trip that nobody notices. */
const NOTICED_MS = 150
const inTens = (ms: number): number => Math.round(ms / 10) * 10

/** What the screens are told of a remote worker. */
export function summarizeRemote(
  record: WorkerRecord,
  { state, path, isTokenFleeting }: { state: RemoteState; path: WorkerPath; isTokenFleeting: boolean },
): WorkerSummary {
  const { phase, greeting, lastSeenAt, roundTripMs } = state
  const version = greeting?.version ?? record.version
  const hostname = greeting?.hostname ?? record.hostname
  const isActive = phase.name === 'active'
  return {
    id: record.id,
    label: record.label,
    kind: 'remote',
    status: phase.name,
    path,
    ...(version === undefined ? {} : { version: shownText(version, 80) }),
    ...(hostname === undefined ? {} : { hostname: shownText(hostname, 255) }),
    ...(isActive && greeting?.scope !== undefined ? { scope: greeting.scope } : {}),
    ...(isActive && roundTripMs !== undefined && roundTripMs > NOTICED_MS ? { roundTripMs: inTens(roundTripMs) } : {}),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt: new Date(lastSeenAt).toISOString() }),
    ...(phase.name === 'unreachable' ? { retryAt: new Date(phase.retryAt).toISOString() } : {}),
    capabilities: isActive ? [...(greeting?.capabilities ?? [])] : [],
    diagnostics: diagnosticsOf(state, isTokenFleeting),
  }
}

function diagnosticsOf({ phase, trouble: current }: RemoteState, isTokenFleeting: boolean): Diagnostic[] {
  return [
    ...(phase.name === 'incompatible' ? [trouble('remote_runtime_version_mismatch', phase.message)] : []),
    ...(current === undefined ? [] : [current]),
    ...(isTokenFleeting && phase.name !== 'unauthorized' ? [FLEETING] : []),
  ]
}
