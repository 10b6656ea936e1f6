import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { Timestamp, WorkspaceName } from '../names.ts'

const Bytes = z.number().nonnegative()

/** What a running workspace uses, measured by its engine. What the engine does not tell is absent, never 0. */
export const WorkspaceStats = z.object({
  workspace: WorkspaceName,
  at: Timestamp,
  cpu: z
    .object({
      /** Share of all its CPUs since the sample before: 100 is all of them. */
      percent: z.number().nonnegative(),
      /** CPUs that it may use, in whole or part. */
      cpus: z.number().positive(),
    })
    .optional(),
  memory: z
    .object({
      /** Without what the kernel may drop at once (its cache of files that nobody uses). */
      usedBytes: Bytes,
      limitBytes: Bytes,
    })
    .optional(),
  network: z
    .object({
      /** Since the start of the container. */
      receivedBytes: Bytes,
      sentBytes: Bytes,
      receivedBytesPerSecond: Bytes,
      sentBytesPerSecond: Bytes,
    })
    .optional(),
  /** Measured every few minutes: it means walking through all files. */
  disk: z
    .object({
      /** The home volume, which outlives the container. */
      homeBytes: Bytes.optional(),
      /** What was written beside the home, over the image: it is lost with the container. */
      layerBytes: Bytes.optional(),
      measuredAt: Timestamp,
    })
    .optional(),
  /** Processes and threads. */
  pids: z.number().int().nonnegative().optional(),
})
export type WorkspaceStats = z.infer<typeof WorkspaceStats>

/**
 * What workspaces use, from now on: of one or, without `workspace`, of all. A workspace that does not run tells nothing
 * until it does. A reader that is slow gets the latest sample of each, not all of them. Default interval: 2 seconds.
 */
export const stats = oc
  .errors(declareErrors('NOT_FOUND'))
  .input(
    z.strictObject({
      workspace: WorkspaceName.optional(),
      intervalSeconds: z.number().min(1).max(3600).optional(),
    }),
  )
  .output(eventIterator(WorkspaceStats))
