import { oc } from '@orpc/contract'
import { z } from 'zod'
import { EngineState } from './engine.ts'

export const Diagnostic = z.object({
  code: z.string().max(80),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string().max(300),
})
export type Diagnostic = z.infer<typeof Diagnostic>

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
