import type { RuntimeActivity } from '../../contract/runtime/api.ts'

/** As often as a runtime tells of it. */
const TELL_EVERY_MS = 60_000

export interface EngineActivityOptions {
  /** Somebody was at work in a workspace just now. Told at once, and then each minute in which that is so. */
  tell(workspaceId: string): void
  steadyMs?(): number
}

/** Who was at work in workspaces without the runtime, as far as this agent, which all of it goes through, has seen. */
export class EngineActivity {
  readonly #options: EngineActivityOptions
  readonly #lastMs = new Map<string, number>()
  readonly #toldMs = new Map<string, number>()
  readonly #running = new Map<string, number>()

  constructor(options: EngineActivityOptions) {
    this.#options = options
  }

  /** Something was typed or printed just now. Called for each piece of output: cheap. */
  note(workspaceId: string): void {
    const nowMs = this.#nowMs()
    this.#lastMs.set(workspaceId, nowMs)
    const toldMs = this.#toldMs.get(workspaceId)
    if (toldMs !== undefined && nowMs - toldMs < TELL_EVERY_MS) return
    this.#toldMs.set(workspaceId, nowMs)
    this.#options.tell(workspaceId)
  }

  /** A command runs from now until the result is called. */
  begin(workspaceId: string): () => void {
    this.#count(workspaceId, 1)
    return () => this.#count(workspaceId, -1)
  }

  /** Undefined where nothing has been seen of a workspace. */
  look(workspaceId: string): RuntimeActivity | undefined {
    const isRunning = (this.#running.get(workspaceId) ?? 0) > 0
    const lastMs = this.#lastMs.get(workspaceId)
    if (lastMs === undefined) return undefined
    return { idleMs: isRunning ? 0 : Math.max(0, this.#nowMs() - lastMs), busy: isRunning ? ['exec'] : [] }
  }

  /** The container has stopped or gone. */
  forget(workspaceId: string): void {
    this.#lastMs.delete(workspaceId)
    this.#toldMs.delete(workspaceId)
  }

  #nowMs(): number {
    return this.#options.steadyMs?.() ?? performance.now()
  }

  #count(workspaceId: string, change: 1 | -1): void {
    const count = (this.#running.get(workspaceId) ?? 0) + change
    if (count > 0) this.#running.set(workspaceId, count)
    else this.#running.delete(workspaceId)
    this.note(workspaceId)
  }
}
