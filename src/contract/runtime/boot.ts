import { z } from 'zod'
import { EnvironmentName, EnvironmentValue } from '../names.ts'

/** The environment of a workspace: the worker's variables, with the workspace's own over them. */
export const RuntimeEnvironment = z.record(EnvironmentName, EnvironmentValue)
export type RuntimeEnvironment = z.infer<typeof RuntimeEnvironment>

/**
 * What the agent writes to the standard input of the runtime that it starts (as root, by an engine exec): one line of
 * JSON. It travels no other way, so that neither argv nor `docker inspect` holds the token or a value of the environment.
 */
export const RuntimeBoot = z.strictObject({
  workspaceId: z.string(),
  workspaceName: z.string(),
  /** Bearer token that the runtime asks of its callers. */
  token: z.string().min(32),
  port: z.number().int().min(0).max(65_535),
  /** The user to become. Absent: the image's non-root user is found, or `workspace` (uid 1000) is made. */
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/)
    .optional(),
  env: RuntimeEnvironment,
  /** Where a runtime of another build has the port, ask it to hand over (`HAND_OVER_PATH`), and take its place. */
  takeOver: z.boolean().optional(),
  /** Keep an engine of its own running in the container. */
  docker: z.boolean().optional(),
  /** The SSH server to start, where the image has one. Its host key is the workspace's, never the image's. */
  ssh: z.strictObject({ hostKey: z.string().max(4096) }).optional(),
})
export type RuntimeBoot = z.infer<typeof RuntimeBoot>

/** What tells two runtimes of one version apart: the beginning of their bundle's digest. Absent from those that hand over to none. */
export const RuntimeBuild = z.string().max(64).optional()

/** The line that the runtime prints when it listens; its output ends there. */
export const RuntimeReady = z.object({
  ready: z.literal(true),
  port: z.number().int(),
  user: z.string().max(256),
  version: z.string().max(64),
  build: RuntimeBuild,
})
export type RuntimeReady = z.infer<typeof RuntimeReady>

/** The line that it prints in place of `RuntimeReady` when it cannot start. */
export const RuntimeRefusal = z.object({ ready: z.literal(false), message: z.string(), hint: z.string().optional() })
export type RuntimeRefusal = z.infer<typeof RuntimeRefusal>
