import { z } from 'zod'

/** Where the container engine stands. Each is a sentence and a way out of its own on the screen. */
export const EngineStatus = z.enum(['ready', 'starting', 'missing', 'stopped', 'forbidden', 'too_old', 'unresponsive'])
export type EngineStatus = z.infer<typeof EngineStatus>

export const EngineState = z.object({
  status: EngineStatus,
  /** The engine's own version, where it answered. */
  version: z.string().optional(),
  /** What a person reads: what is the matter. Holds no path and no address. */
  message: z.string().max(300),
  hint: z.string().max(300).optional(),
  /** `endpoint`: the one that is named (`DOCKER_HOST`, the configuration) cannot be used; there may be an engine all the same. */
  problem: z.literal('endpoint').optional(),
  /** Capacity, where it answered. */
  cpus: z.number().int().positive().optional(),
  memoryBytes: z.number().int().positive().optional(),
})
export type EngineState = z.infer<typeof EngineState>
