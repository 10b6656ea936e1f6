import { z } from 'zod'
import { ErrorCode } from '../errors.ts'
import { Environment, LineOfText, Timestamp, WorkspaceName } from '../names.ts'
import { RefName, RepositoryAddress } from './repository.ts'
import { ImageReference, TemplateName } from './templates.ts'

export const WorkspaceStatus = z.enum(['creating', 'running', 'stopped', 'error'])
export type WorkspaceStatus = z.infer<typeof WorkspaceStatus>

/** Creation steps, in their order; those that do not apply to a workspace are absent from its run. */
export const CREATION_STEPS = [
  'allocate',
  'image',
  'create',
  'start',
  'runtime',
  'credentials',
  'clone',
  'post_start',
] as const
export const CreationStep = z.enum(CREATION_STEPS)
export type CreationStep = z.infer<typeof CreationStep>

/** What ends a workspace: a person; its stop; or, of those that programs make, the time that nobody has used it. */
export const WorkspaceType = z.enum(['persistent', 'temporary', 'agent'])
export type WorkspaceType = z.infer<typeof WorkspaceType>

/** How long a workspace of type `agent` lives after its last use: a minute to a year. */
export const TtlSeconds = z.number().int().min(60).max(31_536_000)
/** How long a workspace runs on with nobody at work in it: a minute to a year; 0 is for ever. */
export const IdleStopSeconds = z.union([z.literal(0), TtlSeconds])

/** What a person should know of a workspace's life; said until it is not true any more. */
export const WorkspaceNotice = z.object({
  code: z.enum(['expiring', 'kept', 'idle_stopped']),
  message: z.string().max(300),
})
export type WorkspaceNotice = z.infer<typeof WorkspaceNotice>

/** What a port of a workspace is called. `ssh` and `http` are there by themselves, `codeServer` has a pool of its own. */
export const PortName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]{0,30}$/, 'Letters, digits and dashes, beginning with a small letter.')

/** Ports to publish: name → port inside. */
export const WantedPorts = z
  .record(PortName, z.number().int().min(1).max(65_535))
  .refine((ports) => Object.keys(ports).length <= 16, 'At most 16 ports.')
  .refine((ports) => !('ssh' in ports) && !('http' in ports), 'The ports "ssh" and "http" are there by themselves.')
  .refine((ports) => new Set(Object.values(ports)).size === Object.keys(ports).length, 'A port inside has one name.')
  .refine(
    (ports) => Object.values(ports).every((port) => ![22, 3002, 8080].includes(port)),
    'The ports 22 (SSH), 3002 (the service inside) and 8080 (HTTP) are taken care of already.',
  )
export type WantedPorts = z.infer<typeof WantedPorts>

export const ActivityVerb = z.enum(['starting', 'stopping', 'restarting', 'rebuilding', 'deleting'])
export type ActivityVerb = z.infer<typeof ActivityVerb>

/** Limits of a workspace. The agent fills in what is left out: no workspace is without limits. */
export const Resources = z.object({
  /** CPUs, in whole or part: 0.5 is half of one. */
  cpus: z.number().min(0.1).max(1024),
  memoryBytes: z.number().int().min(67_108_864).max(17_592_186_044_416),
  /** Processes and threads. */
  pids: z.number().int().min(64).max(4_194_304),
})
export type Resources = z.infer<typeof Resources>

/** One creation step as it stands: running (no `durationMs`), done, or failed. */
export const StepReport = z.object({
  name: CreationStep,
  state: z.enum(['pending', 'running', 'done', 'failed']),
  startedAt: Timestamp.optional(),
  durationMs: z.number().nonnegative().optional(),
  /** Share done, 0 to 100, where the step can tell. */
  percent: z.number().min(0).max(100).optional(),
  /** What the step is doing now, in a few words (`Step 4 of 9: RUN apt-get …`). */
  detail: z.string().max(300).optional(),
})
export type StepReport = z.infer<typeof StepReport>

/** What was the matter with a clone or a start script, where a program or a screen can make something of it. */
export const FailureReason = z.enum([
  'authentication',
  'host_unknown',
  'host_unreachable',
  'host_key',
  'certificate',
  'repository_missing',
  'branch_missing',
  'branch_exists',
  'folder_in_use',
  'disk_full',
  'broken_off',
  'program_missing',
  'script_failed',
  'script_timeout',
  'unknown',
])
export type FailureReason = z.infer<typeof FailureReason>

/** The script that a workspace runs after each of its starts: lines for a shell, or any program with a `#!` line. */
export const StartScript = z
  .string()
  .max(16_384)
  .refine((script) => !script.includes('\0'), 'A script cannot hold a NUL.')

/** Why a workspace is in `error`: the step that failed, and what a person can do. */
export const WorkspaceFailure = z.object({
  step: z.union([CreationStep, z.enum(['run'])]),
  code: ErrorCode,
  reason: FailureReason.optional(),
  message: z.string().max(500),
  hint: z.string().max(500).optional(),
})
export type WorkspaceFailure = z.infer<typeof WorkspaceFailure>

/** `unsupported`: the image cannot run it; terminals and commands go through the engine, and end with the agent. */
export const RuntimeStatus = z.enum(['starting', 'ready', 'unreachable', 'unsupported'])
export type RuntimeStatus = z.infer<typeof RuntimeStatus>

/**
 * How a workspace has an engine of its own. `privileged`: whoever runs programs in it can become root on the worker.
 * `sysbox`: kept apart by the runtime of that name, where the worker's engine has it.
 */
export const DockerMode = z.enum(['privileged', 'sysbox'])
export type DockerMode = z.infer<typeof DockerMode>

export const WorkspaceInfo = z.object({
  id: z.string().regex(/^ws-[a-z0-9]{12}$/),
  name: WorkspaceName,
  title: z.string().max(120).optional(),
  status: WorkspaceStatus,
  activity: z.object({ verb: ActivityVerb, step: z.string().optional() }).optional(),
  /** Empty until the engine has made the container. */
  containerId: z.string(),
  created: Timestamp,
  ports: z.record(z.string(), z.number().int().min(1).max(65_535)),
  type: WorkspaceType,
  /** When a workspace of type `agent` ends unless somebody uses it before. Absent: it has no end, or was kept at it. */
  expiresAt: Timestamp.optional(),
  /** When somebody or something was last seen at work in it. */
  lastActiveAt: Timestamp.optional(),
  /** Stopped when it was not used for so long; 0 is never. */
  idleStopSeconds: IdleStopSeconds.optional(),
  ttlSeconds: TtlSeconds.optional(),
  notice: WorkspaceNotice.optional(),
  /** `image`: made from an image by its name, not from a template. */
  template: z.string(),
  /** The image that its container is made from; absent until that is known. */
  image: z.string().optional(),
  /** Its template gives another image by now: `rebuild` makes the container anew from that. */
  isOutdated: z.boolean().optional(),
  /** Present where it has Docker inside. */
  docker: DockerMode.optional(),
  resources: Resources,
  /** Its container has other limits: the engine cannot give it these while it runs. They hold from its next start. */
  areLimitsPending: z.boolean().optional(),
  /** What it was cloned from, into a folder of that name in the work folder. */
  repo: z.string().optional(),
  /** The branch that the clone was left on. */
  branch: z.string().optional(),
  /** Shown to clients of `operate` and more: scripts may hold what is secret. */
  startScript: StartScript.optional(),
  /** Present while the workspace is being created, and after a failure: every step of that run. */
  steps: z.array(StepReport).optional(),
  failure: WorkspaceFailure.optional(),
  /** What went wrong at its last start and does not keep it from running: a start script that failed. */
  warning: WorkspaceFailure.optional(),
  runtime: z
    .object({
      version: z.string(),
      status: RuntimeStatus,
      /** For `unsupported`: what the image lacks. */
      message: z.string().max(300).optional(),
    })
    .optional(),
  /** The start of the run that is under way. */
  startedAt: Timestamp.optional(),
})
export type WorkspaceInfo = z.infer<typeof WorkspaceInfo>

export const CreateWorkspace = z.strictObject({
  name: WorkspaceName,
  title: LineOfText.max(120).optional(),
  template: TemplateName.optional(),
  /** Made from this image in place of a template's: one that the worker has, or that a registry gives. */
  image: ImageReference.optional(),
  type: WorkspaceType.optional(),
  /** For the type `agent` alone. Default: a day. */
  ttlSeconds: TtlSeconds.optional(),
  /** Absent: as the worker's settings say. */
  idleStopSeconds: IdleStopSeconds.optional(),
  ports: WantedPorts.optional(),
  /** An engine of its own inside. `true`: Sysbox where the worker has it, else privileged, which gives the worker away. */
  docker: z.union([z.boolean(), DockerMode]).optional(),
  env: Environment.optional(),
  resources: z.strictObject(Resources.partial().shape).optional(),
  clone: RepositoryAddress.optional(),
  /** The branch or tag to clone. Default: the one that the repository names. */
  branch: RefName.optional(),
  /** A branch to make from there. */
  newBranch: RefName.optional(),
  startScript: StartScript.optional(),
})
export type CreateWorkspace = z.infer<typeof CreateWorkspace>

/** What is to be another than it is; what is left out stays. */
export const UpdateWorkspace = z.strictObject({
  name: WorkspaceName,
  /** Empty: none any more. */
  title: z.string().max(120).optional(),
  resources: z.strictObject(Resources.partial().shape).optional(),
  type: WorkspaceType.optional(),
  ttlSeconds: TtlSeconds.optional(),
  idleStopSeconds: IdleStopSeconds.optional(),
  /** Runs from the next start on. Empty: none any more. */
  startScript: StartScript.optional(),
})
export type UpdateWorkspace = z.infer<typeof UpdateWorkspace>

export const DeletionReason = z.enum(['uncommitted', 'untracked', 'unpushed', 'no_upstream', 'stash', 'unknown'])
export type DeletionReason = z.infer<typeof DeletionReason>

/** What deleting a workspace would lose. Only `clean: true` says that nothing would be. */
export const DeletionReport = z.object({
  clean: z.boolean(),
  checkedAt: Timestamp,
  reasons: z.array(
    z.object({
      kind: DeletionReason,
      /** The repository, as a path inside the workspace. Absent: files that are in none (`untracked`), or all (`unknown`). */
      repository: z.string().optional(),
      branch: z.string().optional(),
      /** Files, commits or stashes, by kind. */
      count: z.number().int().nonnegative().optional(),
      /** For `unknown`: why it could not be checked. */
      message: z.string().max(300).optional(),
    }),
  ),
})
export type DeletionReport = z.infer<typeof DeletionReport>

export const ExecInput = z.strictObject({
  name: WorkspaceName,
  command: z.array(z.string().max(131_072)).min(1).max(1024),
  /** Absolute, inside the workspace. Default: the work folder. */
  cwd: z.string().max(4096).startsWith('/').optional(),
  env: Environment.optional(),
  stdin: z.string().max(1_048_576).optional(),
  timeoutSeconds: z.number().positive().max(86_400).optional(),
})
export type ExecInput = z.infer<typeof ExecInput>

export const ExecResult = z.object({
  exitCode: z.number().int(),
  /** UTF-8; bytes that are not are replaced. At most 1 MiB each, the rest is dropped and `truncated` set. */
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.boolean(),
})
export type ExecResult = z.infer<typeof ExecResult>
