import { systemClock } from '../../client/clock.ts'
import type { WorkspaceStats } from '../../contract/agent/stats.ts'
import type { ContainerReading } from '../engine/engine.ts'
import type { StatsService } from '../services.ts'
import type { Entry } from '../workspaces/entry.ts'
import type { FollowDeps } from '../workspaces/runs.ts'
import { LatestSamples } from './latest-samples.ts'
import { isSameRun, toSample } from './sample.ts'
import { takeTurns } from './turns.ts'
import { type WatchDeps, WorkspaceWatch } from './watch.ts'

/** The engine tells a little more or less than once a second: a reading this much early counts as in time. */
const EARLY_MS = 400
/** A walk through the files of one workspace keeps the others waiting for this long. */
const PATIENCE_MS = 10_000

/** Tells what workspaces use to whoever asks; while nobody does, the engine is not asked either. */
export function createStatsService(deps: FollowDeps & Pick<WatchDeps, 'now'>): StatsService {
  const watches = new Map<string, WorkspaceWatch>()
  const watchDeps: WatchDeps = { ...deps, inTurn: takeTurns({ patienceMs: PATIENCE_MS, clock: systemClock }) }

  /** One more looks at a workspace; returns the way to stop. */
  const join = (entry: Entry, samples: LatestSamples, intervalMs: number): (() => void) => {
    const { id } = entry.record
    const watch = watches.get(id) ?? new WorkspaceWatch(watchDeps, entry)
    watches.set(id, watch)
    const leave = watch.join(sampler(samples, intervalMs))
    return () => {
      leave()
      if (watch.hasReaders) return
      watches.delete(id)
      watch.end()
    }
  }

  async function* samplesOf(watched: Watched, signal: AbortSignal): AsyncGenerator<WorkspaceStats, void, void> {
    const left = new AbortController()
    const until = AbortSignal.any([signal, left.signal])
    const samples = new LatestSamples(until)
    const joinOne = (entry: Entry): (() => void) => join(entry, samples, watched.intervalMs)
    const attending = attend(deps, { ...watched, joinOne, signal: until }).then(() => left.abort())
    try {
      yield* samples.read()
    } finally {
      left.abort()
      await attending
    }
  }

  return {
    // The name is looked up now, so that an unknown one throws here and not in the stream.
    follow: ({ name, intervalMs }, signal) =>
      samplesOf({ only: name === undefined ? undefined : deps.registry.get(name), intervalMs }, signal),
  }
}

interface Watched {
  /** Undefined: all workspaces, also those that are still to come. */
  only: Entry | undefined
  intervalMs: number
}

interface Attendance extends Watched {
  joinOne(entry: Entry): () => void
  signal: AbortSignal
}

/** Watches what is there to be watched, and lets go of what is deleted; resolves when the one it is about is gone. */
async function attend(deps: FollowDeps, { only, joinOne, signal }: Attendance): Promise<void> {
  const joined = new Map<Entry, () => void>()
  try {
    for await (const _event of deps.events.subscribe(undefined, signal)) {
      const present = new Set(
        only === undefined ? deps.registry.all() : [only].filter((entry) => deps.registry.holds(entry)),
      )
      for (const [entry, leave] of joined) {
        if (present.has(entry)) continue
        leave()
        joined.delete(entry)
      }
      for (const entry of present) if (!joined.has(entry)) joined.set(entry, joinOne(entry))
      if (present.size === 0 && only !== undefined) return
    }
  } finally {
    for (const leave of joined.values()) leave()
  }
}

/** Turns readings into samples at the reader's own interval: what is told is of the time since it was told last. */
function sampler(samples: LatestSamples, intervalMs: number) {
  let before: ContainerReading | undefined
  return (now: ContainerReading, watch: WorkspaceWatch): void => {
    if (before === undefined || !isSameRun(before, now)) {
      before = now
      return
    }
    if (now.at - before.at < intervalMs - EARLY_MS) return
    const { name: workspace, resources } = watch.entry.record
    const of = { workspace, cpus: watch.cpus, memoryBytes: resources.memoryBytes, disk: watch.disk }
    samples.put(toSample(before, now, of))
    before = now
  }
}
