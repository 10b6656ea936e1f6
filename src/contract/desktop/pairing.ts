import { z } from 'zod'
import { Identifier, LineOfText, Timestamp } from '../names.ts'
import { WorkerLabel, WorkerPath, WorkerSummary } from './worker.ts'

/**
 * Where a worker is, as a person types it: `name`, `name:port`, `[v6]:port`, `http(s)://host[:port]` or
 * `ssh://[user@]host[:port]`. The port is 7391 where it is left out (22 for ssh).
 */
export const WorkerHost = LineOfText.min(1).max(300)

/** The code's case, spaces and dashes do not count. */
export const PairCode = LineOfText.min(1).max(40)

/** SHA-256 of a certificate, as `openssl x509 -fingerprint -sha256` writes it: `AB:CD:…`. */
export const CertificateFingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)

export const SuggestedComputer = z.object({
  /** Its name in the tailnet, or its address in one without names: what `host` takes. */
  name: z.string().max(255),
  label: z.string().max(120),
  os: z.string().max(40),
  online: z.boolean(),
  lastSeenAt: Timestamp.optional(),
  /** Whether an agent answers there: `asking` until that is known; `unknown` where it was not asked, or did not say in time. */
  agent: z.union([z.object({ version: z.string().max(80) }), z.enum(['asking', 'none', 'unknown'])]),
  /** The worker that it is already. */
  worker: Identifier.optional(),
})
export type SuggestedComputer = z.infer<typeof SuggestedComputer>

/** The computers of this one's tailnet, or why there are none to show. */
export const WorkerSuggestions = z.object({
  state: z.enum(['ready', 'absent', 'stopped', 'signed_out', 'unapproved', 'failed']),
  computers: z.array(SuggestedComputer).max(200),
})
export type WorkerSuggestions = z.infer<typeof WorkerSuggestions>

const Words = { message: z.string().max(300), hint: z.string().max(300).optional() }

export const UnreachedWorker = z.object({
  reached: z.literal(false),
  /** The first step on the way that did not succeed. `plain`: a token would travel in plain text there. */
  hop: z.enum(['address', 'name', 'port', 'tls', 'agent', 'version', 'ssh', 'plain']),
  ...Words,
})
export type UnreachedWorker = z.infer<typeof UnreachedWorker>

/** What is found at an address. */
export const WorkerProbe = z.discriminatedUnion('reached', [
  z.object({
    reached: z.literal(true),
    path: WorkerPath,
    version: z.string().max(80),
    docker: z.enum(['connected', 'disconnected']),
    /** Of a certificate that no authority vouches for: to be compared with what the worker says, then trusted. */
    fingerprint: CertificateFingerprint.optional(),
  }),
  UnreachedWorker,
])
export type WorkerProbe = z.infer<typeof WorkerProbe>

export const AddWorker = z.strictObject({
  host: WorkerHost,
  /** Left out over `ssh://`, and where the worker's owner lets this computer's tailnet identity in. */
  code: PairCode.optional(),
  /** The certificate that the person has compared and trusts. */
  fingerprint: CertificateFingerprint.optional(),
  label: WorkerLabel.optional(),
  /** The person knows that no keychain takes the token, and wants the worker until the app ends. */
  untilQuit: z.literal(true).optional(),
})
export type AddWorker = z.infer<typeof AddWorker>

export const AddOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('added'), worker: WorkerSummary }),
  z.object({
    /** `vault_unavailable`: no keychain would take the token; the code still counts. */
    status: z.enum(['code_refused', 'too_many', 'known', 'fingerprint_changed', 'vault_unavailable']),
    ...Words,
  }),
  z.object({ status: z.literal('unreached'), probe: UnreachedWorker }),
])
export type AddOutcome = z.infer<typeof AddOutcome>

/** What a `berth://pair` link asks the screen for: a form that is filled in, and waits for a person. */
export const AppRequest = z.object({ kind: z.literal('pair'), host: WorkerHost, code: PairCode.optional() })
export type AppRequest = z.infer<typeof AppRequest>
