import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Identifier, Timestamp } from '../names.ts'
import { Scope } from './clients.ts'
import { EngineState } from './engine.ts'

/** SHA-256 of a certificate (its DER): `AB:CD:…`, 32 pairs. */
export const Fingerprint = z.string().regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/)

export const Diagnostic = z.object({
  code: z.string().max(80),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string().max(300),
})
export type Diagnostic = z.infer<typeof Diagnostic>

/** Who asks, as the agent knows it. `local` came by the agent's own socket; `anyone` where no tokens are asked for. */
export const AskerIdentity = z.object({
  id: Identifier,
  name: z.string().max(120).optional(),
  scope: Scope,
  kind: z.enum(['local', 'paired', 'token', 'tailnet', 'anyone']),
})
export type AskerIdentity = z.infer<typeof AskerIdentity>

export const AgentInfo = z.object({
  agentId: z.string(),
  hostname: z.string(),
  /** Seconds since the agent started. */
  uptime: z.number().nonnegative(),
  workspacesCount: z.number().int().nonnegative(),
  /** Empty while no engine answers. */
  dockerVersion: z.string(),
  terminalConnections: z.number().int().nonnegative(),
  version: z.string(),
  protocol: z.string(),
  capabilities: z.array(z.string().max(80)).max(256),
  /** Whether anybody could come with a pairing code: the app's own agent opens no port. */
  isPairable: z.boolean().optional(),
  engine: EngineState,
  templates: z.array(z.object({ name: z.string(), description: z.string() })),
  diagnostics: z.array(Diagnostic).max(16),
  /** What the computer is; an older agent does not say. As Node names them: `linux`, `x64`. */
  os: z.string().max(40).optional(),
  arch: z.string().max(40).optional(),
  cpus: z.number().int().positive().optional(),
  memoryBytes: z.number().int().positive().optional(),
  /** SHA-256 of the agent's certificate, where it speaks TLS (an older one: where it signed that itself): 64 hex digits in pairs, as `openssl` prints them. */
  fingerprint: Fingerprint.optional(),
  /** Who asks. */
  identity: AskerIdentity.optional(),
  /** The time by the worker's own clock, by which all other times are that it tells; an older agent does not say. */
  now: Timestamp.optional(),
})
export type AgentInfo = z.infer<typeof AgentInfo>

export const info = oc.output(AgentInfo)

/** `GET /health`: answers without a token, and says no more than this. */
export const Health = z.object({
  status: z.literal('healthy'),
  version: z.string(),
  protocol: z.string(),
  uptime: z.number().nonnegative(),
  docker: z.enum(['connected', 'disconnected']),
})
export type Health = z.infer<typeof Health>
