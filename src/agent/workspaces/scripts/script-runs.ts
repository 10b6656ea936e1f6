import type { WorkspaceDeps } from '../deps.ts'
import type { Entry } from '../entry.ts'
import { toFailure } from '../failures.ts'
import type { Inside } from '../run-inside.ts'
import { runScript } from './run-script.ts'
import type { StartScript, StartScriptRunner } from './start-script.ts'
import { startScriptsOf } from './start-scripts.ts'

/** The one of an agent; see `StartScriptRunner`. */
export class ScriptRuns implements StartScriptRunner {
  readonly #later: () => WorkspaceDeps
  readonly #runs = new Map<string, { cancel: AbortController; ended: Promise<void> }>()

  /** `deps` is asked for when something is to be run: this is itself one of them. */
  constructor(deps: () => WorkspaceDeps) {
    this.#later = deps
  }

  get #deps(): WorkspaceDeps {
    return this.#later()
  }

  ensure(entry: Entry, { isFresh }: { isFresh: boolean }): void {
    const { id, name } = entry.record
    if (this.#runs.has(id) || entry.life.phase.kind !== 'made') return
    const cancel = new AbortController()
    const ended = this.#run(entry, isFresh, cancel.signal)
      .catch((error: unknown) => {
        if (!cancel.signal.aborted) this.#deps.log.warn({ err: error, workspace: name }, 'start scripts did not run')
      })
      .finally(() => {
        if (this.#runs.get(id)?.cancel === cancel) this.#runs.delete(id)
      })
    this.#runs.set(id, { cancel, ended })
  }

  async runNow(entry: Entry, scripts: readonly StartScript[], signal: AbortSignal): Promise<void> {
    const { config, journal } = this.#deps
    const inside: Inside = { deps: this.#deps, entry, signal }
    for (const script of scripts) {
      await runScript(inside, {
        script,
        timeoutSeconds: config.scripts.timeoutSeconds,
        onLine: (line) => journal.write(entry.record.id, 'script', line),
      })
    }
  }

  async noteRan(entry: Entry): Promise<void> {
    const startedAt = await this.#startOf(entry)
    if (startedAt !== undefined) this.#deps.registry.note(entry, { record: { scriptsRanFor: startedAt } })
  }

  cancel(workspaceId: string): void {
    this.#runs.get(workspaceId)?.cancel.abort()
    this.#runs.delete(workspaceId)
  }

  async dispose(): Promise<void> {
    const runs = [...this.#runs.values()]
    for (const { cancel } of runs) cancel.abort()
    await Promise.all(runs.map(({ ended }) => ended))
  }

  async #run(entry: Entry, isFresh: boolean, signal: AbortSignal): Promise<void> {
    const startedAt = await this.#startOf(entry)
    const { scriptsRanFor } = entry.record
    if (startedAt === undefined || startedAt === scriptsRanFor) return
    const isUnknown = !isFresh && scriptsRanFor === undefined
    const scripts = isUnknown ? [] : await startScriptsOf(this.#deps, entry.record)
    signal.throwIfAborted()
    this.#deps.registry.note(entry, { record: { scriptsRanFor: startedAt, warning: undefined } })
    try {
      await this.runNow(entry, scripts, signal)
    } catch (error) {
      signal.throwIfAborted()
      this.#warn(entry, error)
    }
  }

  #warn(entry: Entry, error: unknown): void {
    if (entry.life.container !== 'running') return
    this.#deps.log.warn({ err: error, workspace: entry.record.name }, 'a start script failed')
    const warning = toFailure(error, 'post_start', 'running the start script')
    this.#deps.registry.note(entry, { record: { warning } })
  }

  async #startOf(entry: Entry): Promise<string | undefined> {
    const engine = await this.#deps.link.require()
    return (await engine.containers.inspect(entry.record.containerId))?.runStartedAt
  }
}
