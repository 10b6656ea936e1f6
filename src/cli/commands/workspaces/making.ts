import type { WorkerClient } from '../../../client/worker-client.ts'
import type { StepReport, WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { CliFailure } from '../../cli-failure.ts'
import { createStepDisplay, followSteps } from '../../output/creation-steps.ts'
import { sayJson } from '../../output/json.ts'
import { interruptible } from '../../signals.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** Waits for what makes a workspace; an interruption ends the waiting alone, and says how to end the rest. */
export function whileMade<Result>(name: string, work: Promise<Result>): Promise<Result> {
  return interruptible(work, {
    message: `Not waiting any longer; the agent goes on with “${name}”.`,
    hint: `See how it comes along: ws list. Or end it: ws cancel ${name}`,
  })
}

interface Making {
  name: string
  streams: Streams
  /** Said once the work has begun: not where it is refused. */
  announcement: string
  make: () => Promise<WorkspaceInfo>
}

/** Shows the steps of what `make` does with the workspace. */
export async function withSteps(
  worker: WorkerClient,
  { name, streams, announcement, make }: Making,
): Promise<WorkspaceInfo> {
  const display = createStepDisplay(streams.stderr)
  let isAnnounced = false
  const began = (): void => {
    if (!isAnnounced) say(streams.stderr, announcement)
    isAnnounced = true
  }
  const feed = await followSteps(worker, { name, began, show: display.show })
  let steps: readonly StepReport[] = []
  try {
    const made = await make()
    began()
    steps = made.steps ?? []
    await feed.settled()
    return made
  } finally {
    feed.stop()
    display.end(steps)
  }
}

/** Prints a workspace that was made or started. Throws `CliFailure` where a step failed. */
export function reportReady(ready: WorkspaceInfo, { json, streams }: { json: boolean; streams: Streams }): void {
  if (json) sayJson(streams.stdout, ready)
  const { name, failure, steps } = ready
  if (failure !== undefined) {
    const { code, message, hint } = failure
    const isRetriable = steps?.some(({ state }) => state === 'failed') === true
    const next = isRetriable ? `${hint ?? ''} Go on from there: ws retry ${name}` : hint
    throw new CliFailure(`“${name}” is there, but not ready: ${message}`, { code, hint: next?.trim() })
  }
  if (!json) say(streams.stderr, `“${name}” is running. Open a shell in it: ws shell ${name}`)
}
