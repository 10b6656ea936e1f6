import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { EnvironmentName, EnvironmentValue, WorkspaceName } from '../names.ts'
import { LogLine } from './log-line.ts'
import { EnvironmentPatch, MaskedEnvironment } from './secret-value.ts'
import { PublicKey, SshAccess } from './ssh.ts'
import { CreateWorkspace, DeletionReport, ExecInput, ExecResult, UpdateWorkspace, WorkspaceInfo } from './workspace.ts'

const Named = z.strictObject({ name: WorkspaceName })
const engineErrors = ['ENGINE_UNAVAILABLE', 'ENGINE_ERROR'] as const
const notClean = { status: 412, data: z.object({ hint: z.string().optional(), report: DeletionReport }) }

export const workspaces = {
  /** All workspaces of this worker, from memory, by name. */
  list: oc.output(z.array(WorkspaceInfo)),
  get: oc.errors(declareErrors('NOT_FOUND')).input(Named).output(WorkspaceInfo),
  /**
   * Makes a workspace and returns when it is ready. A step that fails returns it with status `error` and `failure`;
   * only refusals throw, and after a refusal nothing exists. `FORBIDDEN`: privileged Docker inside, for a client that may not
   * become root on the worker.
   */
  create: oc
    .errors(declareErrors('CONFLICT', 'BAD_REQUEST', 'FORBIDDEN', 'PORT_EXHAUSTED', ...engineErrors))
    .input(CreateWorkspace)
    .output(WorkspaceInfo),
  /**
   * Goes on with a creation from the step that failed, and returns as `create` does. `CONFLICT` for a workspace whose
   * creation has not failed.
   */
  retry: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT', 'PORT_EXHAUSTED', ...engineErrors))
    .input(Named)
    .output(WorkspaceInfo),
  /**
   * Ends a creation that is under way or has failed, and removes all of it: container, home volume, ports, record.
   * `CONFLICT` for a workspace that was whole once; `PRECONDITION_FAILED` where one that failed holds work meanwhile.
   */
  cancel: oc
    .errors({ ...declareErrors('NOT_FOUND', 'CONFLICT', ...engineErrors), PRECONDITION_FAILED: notClean })
    .input(Named)
    .output(z.object({ success: z.literal(true) })),
  start: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT', ...engineErrors))
    .input(Named)
    .output(WorkspaceInfo),
  /** One of type `temporary` is deleted when it has stopped, unless work would be lost: it is kept then, and `notice` says so. */
  stop: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT', ...engineErrors))
    .input(Named)
    .output(WorkspaceInfo),
  /**
   * Makes the container anew from what its image is now, and starts it. Home, ports, environment and limits stay; what lies
   * outside of the home is lost. Where the image cannot be had it throws and nothing has changed; a later step that fails
   * returns the workspace with status `error` and `failure`.
   */
  rebuild: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT', 'BAD_REQUEST', 'PORT_EXHAUSTED', ...engineErrors))
    .input(Named)
    .output(WorkspaceInfo),
  restart: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT', ...engineErrors))
    .input(Named)
    .output(WorkspaceInfo),
  /**
   * Changes a workspace. Limits reach a running container at once where the engine can do that, and otherwise at its next
   * start, which `areLimitsPending` says then.
   */
  update: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT', 'BAD_REQUEST', 'FORBIDDEN', ...engineErrors))
    .input(UpdateWorkspace)
    .output(WorkspaceInfo),
  /** Changes the title; the name is the identity and stays. */
  rename: oc
    .errors(declareErrors('NOT_FOUND', 'CONFLICT'))
    .input(z.strictObject({ name: WorkspaceName, title: z.string().max(120) }))
    .output(WorkspaceInfo),
  /** As if somebody had just been at work in it: puts off its idle stop and its end. */
  touch: oc.errors(declareErrors('NOT_FOUND', 'CONFLICT')).input(Named).output(WorkspaceInfo),
  /**
   * Removes container, home volume, ports and record; final. Without `force` it is refused (`PRECONDITION_FAILED`)
   * unless a report taken now is clean. Ends a creation that is under way.
   */
  delete: oc
    .errors({
      ...declareErrors('NOT_FOUND', 'CONFLICT', ...engineErrors),
      PRECONDITION_FAILED: notClean,
    })
    .input(z.strictObject({ name: WorkspaceName, force: z.boolean().optional() }))
    .output(z.object({ success: z.literal(true) })),
  deletionReport: oc.errors(declareErrors('NOT_FOUND')).input(Named).output(DeletionReport),
  /** The end of the log of the workspace: the steps of its set-up and its container's output. */
  logs: oc
    .errors(declareErrors('NOT_FOUND', ...engineErrors))
    .input(z.strictObject({ name: WorkspaceName, tail: z.number().int().min(1).max(10_000).optional() }))
    .output(z.string()),
  /**
   * The last `tail` lines of the log (500 when left out) and every line from then on, over stops and starts, until the
   * workspace is deleted. Nothing is skipped for a slow reader: the engine waits for it.
   */
  followLogs: oc
    .errors(declareErrors('NOT_FOUND'))
    .input(z.strictObject({ name: WorkspaceName, tail: z.number().int().min(1).max(10_000).optional() }))
    .output(eventIterator(LogLine)),
  /** Runs a program (no shell) as the workspace's user; a timeout kills the whole process tree and throws `TIMEOUT`. */
  exec: oc
    .errors(declareErrors('NOT_FOUND', 'PRECONDITION_FAILED', 'BAD_REQUEST', 'FORBIDDEN', 'TIMEOUT', ...engineErrors))
    .input(ExecInput)
    .output(ExecResult),
  /**
   * Lets whoever has the key into a running workspace by SSH, for as long as its home lasts. `PRECONDITION_FAILED`: it
   * does not run, or its image has no SSH server.
   */
  authorizeKey: oc
    .errors(declareErrors('NOT_FOUND', 'PRECONDITION_FAILED', 'BAD_REQUEST', 'FORBIDDEN', ...engineErrors))
    .input(z.strictObject({ name: WorkspaceName, publicKey: PublicKey }))
    .output(SshAccess),
  /** The variables of one workspace, which go before those of the worker. */
  environment: {
    get: oc.errors(declareErrors('NOT_FOUND')).input(Named).output(MaskedEnvironment),
    /** Programs that are started from now on have them; what runs keeps what it has. */
    update: oc
      .errors(declareErrors('NOT_FOUND', 'BAD_REQUEST', 'CONFLICT', 'FORBIDDEN', 'PRECONDITION_FAILED'))
      .input(z.strictObject({ name: WorkspaceName, patch: EnvironmentPatch }))
      .output(MaskedEnvironment),
    /** The value of one variable, unmasked. */
    reveal: oc
      .errors(declareErrors('NOT_FOUND'))
      .input(z.strictObject({ name: WorkspaceName, key: EnvironmentName }))
      .output(z.object({ value: EnvironmentValue })),
  },
}
