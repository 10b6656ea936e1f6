import type { WorkspaceStats } from '../../contract/agent/stats.ts'
import { homeVolumeName } from '../../domain/engine-names.ts'
import type { ContainerReading } from '../engine/engine.ts'
import type { Entry } from '../workspaces/entry.ts'
import { type ContainerRun, type FollowDeps, followRuns } from '../workspaces/runs.ts'
import type { Turns } from './turns.ts'

/** Disk is measured when a watch begins, and then this often. */
const DISK_EVERY_MS = 300_000
const DISK_LIMIT_MS = 120_000

export interface WatchDeps extends FollowDeps {
  now: () => Date
  /** Does one after the other where none takes too long: two walks through files at once slow each other down. */
  inTurn: Turns
}

/** Hears what a workspace uses. Must not throw. */
export type OnReading = (reading: ContainerReading, watch: WorkspaceWatch) => void

/** One stream of the engine for one workspace, for all who look at it. */
export class WorkspaceWatch {
  readonly entry: Entry
  disk: WorkspaceStats['disk']
  /** What it may use in this run, in CPUs. */
  cpus: number
  readonly #deps: WatchDeps
  readonly #readers = new Set<OnReading>()
  readonly #stop = new AbortController()
  #last: ContainerReading | undefined

  /** Begins at once. */
  constructor(deps: WatchDeps, entry: Entry) {
    this.entry = entry
    this.cpus = entry.record.resources.cpus
    this.#deps = deps
    void this.#run()
  }

  get hasReaders(): boolean {
    return this.#readers.size > 0
  }

  /** The last reading of the run that is under way comes at once. */
  join(reader: OnReading): () => void {
    this.#readers.add(reader)
    if (this.#last !== undefined) reader(this.#last, this)
    return () => void this.#readers.delete(reader)
  }

  end(): void {
    this.#stop.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    await followRuns(this.#deps, { entry: this.entry, signal }, (run) => this.#follow(run))
  }

  async #follow(run: ContainerRun): Promise<void> {
    this.cpus = Math.min(this.entry.record.resources.cpus, run.engine.facts.cpus)
    const over = new AbortController()
    const signal = AbortSignal.any([this.#stop.signal, over.signal])
    void this.#measureNowAndThen(run, signal)
    try {
      for await (const reading of run.engine.containers.stats(run.containerId, signal)) {
        this.#last = reading
        for (const reader of this.#readers) reader(reading, this)
      }
    } finally {
      this.#last = undefined
      over.abort()
    }
  }

  /** Never rejects; ends with `signal`. */
  async #measureNowAndThen(run: ContainerRun, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#deps.inTurn(async () => {
        if (!signal.aborted) await this.#measure(run, signal)
      })
      await pause(DISK_EVERY_MS, signal)
    }
  }

  async #measure({ engine, containerId }: ContainerRun, signal: AbortSignal): Promise<void> {
    const volume = homeVolumeName(this.entry.record.name)
    const limited = AbortSignal.any([signal, AbortSignal.timeout(DISK_LIMIT_MS)])
    try {
      const { layerBytes, volumeBytes } = await engine.containers.sizes(containerId, { volume, signal: limited })
      this.disk = {
        measuredAt: this.#deps.now().toISOString(),
        ...(volumeBytes === undefined ? {} : { homeBytes: volumeBytes }),
        ...(layerBytes === undefined ? {} : { layerBytes }),
      }
    } catch (error) {
      if (!signal.aborted) this.#deps.log.debug({ err: error }, 'the disk of a workspace could not be measured')
    }
  }
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, delayMs)
    signal.addEventListener('abort', end)
  })
}
