import { z } from 'zod'
import { CreationStep, DeletionReport, WantedPorts, WorkspaceInfo } from '../../contract/agent/workspace.ts'

/** What is meant with a workspace: to be made, to be kept, to be deleted. What the engine has is looked up there. */
export const Intent = z.enum(['create', 'keep', 'delete'])
export type Intent = z.infer<typeof Intent>

/** What clients are shown and what is stored are one here: `status` is as last seen, for while the engine does not answer. */
const Shown = WorkspaceInfo.pick({
  id: true,
  name: true,
  title: true,
  status: true,
  containerId: true,
  created: true,
  ports: true,
  type: true,
  template: true,
  image: true,
  isOutdated: true,
  docker: true,
  resources: true,
  areLimitsPending: true,
  steps: true,
  failure: true,
  startedAt: true,
  expiresAt: true,
  lastActiveAt: true,
  idleStopSeconds: true,
  ttlSeconds: true,
  notice: true,
  repo: true,
  branch: true,
  startScript: true,
  warning: true,
})

const StoredRecord = z.looseObject({
  ...Shown.shape,
  intent: Intent,
  /** Taken when it was last stopped. */
  report: DeletionReport.optional(),
  /** The run of the container that `report` was taken at the end of, as the engine names it by its start. */
  reportedRun: z.string().optional(),
  /** The step that a creation had come to. */
  step: CreationStep.optional(),
  /** Whether it has ever been started: before that there is nothing in it to lose. */
  wasStarted: z.boolean().default(false),
  /** Of the ports beside `ssh` and `http`: name → port inside. */
  portTargets: WantedPorts.optional(),
  /** Whether its creation has ever come to its end. */
  wasMade: z.boolean().default(true),
  /** Whether its creation has failed before: somebody may have worked in it since. */
  hasFailed: z.boolean().optional(),
  /** A branch that the clone is to make. */
  newBranch: z.string().optional(),
  /** The start of its container (as the engine tells it) that the start scripts have been run for. */
  scriptsRanFor: z.string().optional(),
  runtimeVersion: z.string().optional(),
  /**
   * Destination → digest of what was brought there last. Absent where that is not known: then nothing that is there is
   * overwritten.
   */
  broughtFiles: z.record(z.string(), z.string()).optional(),
})

const PendingAsNotice = z.looseObject({ notice: z.looseObject({ code: z.literal('limits_pending') }) })

/** That limits are pending was told in the place of a notice, which another could take. */
function withPendingApart(found: unknown): unknown {
  const old = PendingAsNotice.safeParse(found)
  return old.success ? { ...old.data, notice: undefined, areLimitsPending: true } : found
}

export const WorkspaceRecord = z.preprocess(withPendingApart, StoredRecord)
export type WorkspaceRecord = z.infer<typeof WorkspaceRecord>

export const STATE_VERSION = 1

export const StateFile = z.looseObject({
  version: z.literal(STATE_VERSION),
  workspaces: z.record(z.string(), WorkspaceRecord),
})
export type StateFile = z.infer<typeof StateFile>
