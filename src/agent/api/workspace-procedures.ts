import type { ExecInput, ExecResult } from '../../contract/agent/workspace.ts'
import type { AdmittedWorkspaces, WorkspaceDoor } from '../auth/workspace-door.ts'
import type { Conceal } from '../log.ts'
import { type Guarded, lasting } from './guarded.ts'
import { shownWorkspace } from './shown.ts'

export interface WorkspaceProcedureDeps {
  door: WorkspaceDoor
  /** Told of every value that must not appear in a log; what it returns lets go of them again. */
  concealValues: Conceal
}

const DEFAULT_LOG_LINES = 500

/** The procedures of `workspaces`. */
export function workspaceProcedures(guarded: Guarded, deps: WorkspaceProcedureDeps) {
  const { door } = deps
  const done = { success: true } as const
  return {
    list: guarded.workspaces.list.handler(({ context: { identity } }) =>
      door(identity)
        .list()
        .map((workspace) => shownWorkspace(identity, workspace)),
    ),
    get: guarded.workspaces.get.handler(({ input, context: { identity } }) =>
      shownWorkspace(identity, door(identity).get(input.name)),
    ),
    create: guarded.workspaces.create.handler(async ({ input, context }) => {
      const release = deps.concealValues(Object.values(input.env ?? {}), 'passing')
      try {
        // What is stored of them is kept out of the log by the store of secrets from then on.
        return await door(context.identity).create(input)
      } finally {
        setImmediate(release)
      }
    }),
    retry: guarded.workspaces.retry.handler(({ input, context }) => door(context.identity).retry(input.name)),
    cancel: guarded.workspaces.cancel.handler(async ({ input, context }) => {
      await door(context.identity).cancel(input.name)
      return done
    }),
    start: guarded.workspaces.start.handler(({ input, context }) => door(context.identity).start(input.name)),
    stop: guarded.workspaces.stop.handler(({ input, context }) => door(context.identity).stop(input.name)),
    rebuild: guarded.workspaces.rebuild.handler(({ input, context }) => door(context.identity).rebuild(input.name)),
    restart: guarded.workspaces.restart.handler(({ input, context }) => door(context.identity).restart(input.name)),
    update: guarded.workspaces.update.handler(({ input, context }) => door(context.identity).update(input)),
    rename: guarded.workspaces.rename.handler(({ input, context }) => door(context.identity).update(input)),
    touch: guarded.workspaces.touch.handler(({ input, context }) => door(context.identity).touch(input.name)),
    delete: guarded.workspaces.delete.handler(async ({ input, context }) => {
      await door(context.identity).delete(input.name, { force: input.force ?? false })
      return done
    }),
    deletionReport: guarded.workspaces.deletionReport.handler(({ input, context }) =>
      door(context.identity).deletionReport(input.name),
    ),
    logs: guarded.workspaces.logs.handler(({ input, context }) =>
      door(context.identity).logs(input.name, input.tail ?? DEFAULT_LOG_LINES),
    ),
    followLogs: guarded.workspaces.followLogs.handler(({ input, context, signal }) =>
      door(context.identity).followLogs(input.name, input.tail ?? DEFAULT_LOG_LINES, lasting(signal)),
    ),
    exec: guarded.workspaces.exec.handler(({ input, context, signal }) => {
      const workspaces = door(context.identity)
      return runConcealed({ ...deps, workspaces }, input, lasting(signal))
    }),
    environment: {
      get: guarded.workspaces.environment.get.handler(({ input, context }) =>
        door(context.identity).environment(input.name),
      ),
      update: guarded.workspaces.environment.update.handler(({ input, context }) =>
        door(context.identity).changeEnvironment(input.name, input.patch),
      ),
      reveal: guarded.workspaces.environment.reveal.handler(({ input, context }) => ({
        value: door(context.identity).revealVariable(input.name, input.key),
      })),
    },
    authorizeKey: guarded.workspaces.authorizeKey.handler(({ input, context }) =>
      door(context.identity).authorizeKey(input.name, input.publicKey),
    ),
  }
}

/** Runs a program whose environment stays out of the log for as long as it runs. */
async function runConcealed(
  deps: { workspaces: AdmittedWorkspaces; concealValues: Conceal },
  input: ExecInput,
  signal: AbortSignal,
): Promise<ExecResult> {
  const release = deps.concealValues(Object.values(input.env ?? {}), 'passing')
  try {
    return await deps.workspaces.exec(input, signal)
  } finally {
    // What is logged of a failure is logged before the next turn of the loop.
    setImmediate(release)
  }
}
