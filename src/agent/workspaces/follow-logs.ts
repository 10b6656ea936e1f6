import type { LogLine } from '../../contract/agent/log-line.ts'
import type { WorkspaceFailure } from '../../contract/agent/workspace.ts'
import type { Entry } from './entry.ts'
import { LineQueue } from './line-queue.ts'
import { type LogDeps, lastLines, toLogLine, toldLines } from './logs.ts'
import { type FollowDeps, followRuns } from './runs.ts'
import { failureLine, stepLine } from './set-up-lines.ts'

/**
 * The last `tail` lines of a workspace's log, and every line from then on over stops and starts, until the workspace is
 * deleted or `signal` aborts. Throws `AgentError` `NOT_FOUND`.
 */
export function followLogs(
  deps: FollowDeps & LogDeps,
  { name, tail }: { name: string; tail: number },
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, void> {
  // Looked up now, so that an unknown name throws here and not in the stream.
  return linesOf(deps, { entry: deps.registry.get(name), tail }, signal)
}

async function* linesOf(
  deps: FollowDeps & LogDeps,
  { entry, tail }: { entry: Entry; tail: number },
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, void> {
  const left = new AbortController()
  const until = AbortSignal.any([signal, left.signal])
  const queue = new LineQueue(until)
  const watching = [setUp(deps, { entry, queue }, until), journal(deps, { entry, queue }, until)]
  const told = toldLines(deps, entry)
  // An engine that is away has its lines told when it is back.
  const { lines, containerAt } = await lastLines(deps, entry, tail).catch(() => ({
    lines: told.slice(-tail),
    containerAt: undefined,
  }))
  try {
    yield* lines
    const gone = container(deps, { entry, queue, after: containerAt }, until).then(() => left.abort())
    watching.push(gone)
    yield* queue.read()
  } finally {
    left.abort()
    await Promise.all(watching)
  }
}

/** So few lines are behind that an engine catches up with them at once. */
const FEW_LINES = 50

interface Source {
  entry: Entry
  queue: LineQueue
}

async function container(
  deps: FollowDeps,
  { entry, queue, after }: Source & { after: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  let last = after
  await followRuns(deps, { entry, signal }, async ({ engine, containerId }) => {
    const read = async (follow: boolean): Promise<number> => {
      const from = last === undefined ? {} : { after: last }
      // What ends by itself is not aborted: that would reach a call that is over already.
      const query = follow ? { follow, signal, ...from } : from
      let count = 0
      for await (const line of engine.containers.log(containerId, query)) {
        last = line.at
        count += 1
        await queue.put(toLogLine(line))
      }
      return count
    }
    // A follower that has much to catch up with while more is written is told nothing more by engine 20.10, for good.
    while ((await read(false)) >= FEW_LINES && !signal.aborted);
    await read(true)
  })
}

async function journal(deps: LogDeps, { entry, queue }: Source, signal: AbortSignal): Promise<void> {
  for await (const line of deps.journal.follow(entry.record.id, signal)) await queue.put(line)
}

/** Steps that end from now on, and failures. */
async function setUp(deps: FollowDeps, { entry, queue }: Source, signal: AbortSignal): Promise<void> {
  const { name } = entry.record
  let failure = failureOf(entry.record.failure)
  for await (const event of deps.events.subscribe(undefined, signal)) {
    if (event.type === 'workspace.step' && event.name === name) {
      const line = event.step.state === 'running' ? undefined : stepLine(event.step)
      if (line !== undefined) await queue.put(line)
    } else if (event.type === 'workspace.changed' && event.workspace.name === name) {
      // Told once, however often the workspace changes while it stands.
      const isNew = failureOf(event.workspace.failure) !== failure
      failure = failureOf(event.workspace.failure)
      if (isNew && event.workspace.failure !== undefined)
        await queue.put(failureLine(event.workspace.failure, event.at))
    }
  }
}

function failureOf(failure: WorkspaceFailure | undefined): string | undefined {
  return failure === undefined ? undefined : `${failure.step} ${failure.message}`
}
