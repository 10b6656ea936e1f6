import type { RuntimeActivity } from '../../contract/runtime/api.ts'

/** Who was at work in workspaces without the runtime, as far as this agent, which all of it goes through, has seen. */
export class EngineActivity {
  readonly #lastMs = new Map<string, number>()
  readonly #running = new Map<string, number>()

  /** Something was typed or printed just now. */
  note(workspaceId: string): void {
    this.#lastMs.set(workspaceId, performance.now())
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
    return { idleMs: isRunning ? 0 : Math.max(0, performance.now() - lastMs), busy: isRunning ? ['exec'] : [] }
  }

  /** The container has stopped or gone. */
  forget(workspaceId: string): void {
    this.#lastMs.delete(workspaceId)
  }

  #count(workspaceId: string, change: 1 | -1): void {
    const count = (this.#running.get(workspaceId) ?? 0) + change
    if (count > 0) this.#running.set(workspaceId, count)
    else this.#running.delete(workspaceId)
    this.note(workspaceId)
  }
}
