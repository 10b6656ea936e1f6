import type { ExecInput, ExecResult } from '../../contract/agent/workspace.ts'
import type { RootAccess } from '../auth/root-access.ts'
import type { Conceal } from '../log.ts'
import type { WorkspaceService } from '../services.ts'
import { type Guarded, lasting } from './guarded.ts'
import { shownWorkspace } from './shown.ts'

export interface WorkspaceProcedureDeps {
  workspaces: WorkspaceService
  rootAccess: RootAccess
  /** Told of every value that must not appear in a log; what it returns lets go of them again. */
  concealValues: Conceal
}

const DEFAULT_LOG_LINES = 500

/** The procedures of `workspaces`. */
export function workspaceProcedures(guarded: Guarded, deps: WorkspaceProcedureDeps) {
  const { workspaces, rootAccess } = deps
  const done = { success: true } as const
  return {
    list: guarded.workspaces.list.handler(({ context }) =>
      workspaces.list().map((workspace) => shownWorkspace(context.identity, workspace)),
    ),
    get: guarded.workspaces.get.handler(({ input, context }) =>
      shownWorkspace(context.identity, workspaces.get(input.name)),
    ),
    create: guarded.workspaces.create.handler(async ({ input, context }) => {
      const release = deps.concealValues(Object.values(input.env ?? {}))
      try {
        // What is stored of them is kept out of the log by the store of secrets from then on.
        return await workspaces.create(input, { mayBecomeRoot: rootAccess.isFor(context.identity) })
      } finally {
        setImmediate(release)
      }
    }),
    retry: guarded.workspaces.retry.handler(({ input }) => workspaces.retry(input.name)),
    cancel: guarded.workspaces.cancel.handler(async ({ input }) => {
      await workspaces.cancel(input.name)
      return done
    }),
    start: guarded.workspaces.start.handler(({ input }) => workspaces.start(input.name)),
    stop: guarded.workspaces.stop.handler(({ input }) => workspaces.stop(input.name)),
    rebuild: guarded.workspaces.rebuild.handler(({ input }) => workspaces.rebuild(input.name)),
    restart: guarded.workspaces.restart.handler(({ input }) => workspaces.restart(input.name)),
    update: guarded.workspaces.update.handler(({ input, context }) => {
      if (input.startScript !== undefined) rootAccess.admit(context.identity, input.name)
      return workspaces.update(input)
    }),
    rename: guarded.workspaces.rename.handler(({ input }) => workspaces.update(input)),
    touch: guarded.workspaces.touch.handler(({ input }) => workspaces.touch(input.name)),
    delete: guarded.workspaces.delete.handler(async ({ input }) => {
      await workspaces.delete(input.name, { force: input.force ?? false })
      return done
    }),
    deletionReport: guarded.workspaces.deletionReport.handler(({ input }) => workspaces.deletionReport(input.name)),
    logs: guarded.workspaces.logs.handler(({ input }) => workspaces.logs(input.name, input.tail ?? DEFAULT_LOG_LINES)),
    followLogs: guarded.workspaces.followLogs.handler(({ input, signal }) =>
      workspaces.followLogs(input.name, input.tail ?? DEFAULT_LOG_LINES, lasting(signal)),
    ),
    exec: guarded.workspaces.exec.handler(({ input, context, signal }) => {
      rootAccess.admit(context.identity, input.name)
      return runConcealed(deps, input, lasting(signal))
    }),
    environment: {
      get: guarded.workspaces.environment.get.handler(({ input }) => workspaces.environment(input.name)),
      update: guarded.workspaces.environment.update.handler(({ input, context }) => {
        // Variables can have programs run others: PATH, LD_PRELOAD.
        rootAccess.admit(context.identity, input.name)
        return workspaces.changeEnvironment(input.name, input.patch)
      }),
      reveal: guarded.workspaces.environment.reveal.handler(({ input }) => ({
        value: workspaces.revealVariable(input.name, input.key),
      })),
    },
    authorizeKey: guarded.workspaces.authorizeKey.handler(({ input, context }) => {
      rootAccess.admit(context.identity, input.name)
      return workspaces.authorizeKey(input.name, input.publicKey)
    }),
  }
}

/** Runs a program whose environment stays out of the log for as long as it runs. */
async function runConcealed(deps: WorkspaceProcedureDeps, input: ExecInput, signal: AbortSignal): Promise<ExecResult> {
  const release = deps.concealValues(Object.values(input.env ?? {}))
  try {
    return await deps.workspaces.exec(input, signal)
  } finally {
    // What is logged of a failure is logged before the next turn of the loop.
    setImmediate(release)
  }
}
