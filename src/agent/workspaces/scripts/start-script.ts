import type { Entry } from '../entry.ts'

/** A script that runs in a workspace after each of its starts. */
export interface StartScript {
  /** As in "The start script of the worker". */
  owner: 'the worker' | 'this workspace'
  content: string
}

/** Runs the start scripts once for each start of a workspace, whoever started it. */
export interface StartScriptRunner {
  /**
   * The container runs: in the background, runs the scripts unless they ran for this start already; what fails becomes the
   * workspace's warning. `isFresh` says that it has just been started; else, where nothing is known of earlier runs, it is
   * taken for one that ran them.
   */
  ensure(entry: Entry, start: { isFresh: boolean }): void
  /** Runs these now, as a part of a creation. Throws `StepFailed`. */
  runNow(entry: Entry, scripts: readonly StartScript[], signal: AbortSignal): Promise<void>
  /** Notes for which start of the container the scripts have been run. */
  noteRan(entry: Entry): Promise<void>
  /** The container is about to stop or to go. */
  cancel(workspaceId: string): void
  dispose(): Promise<void>
}
