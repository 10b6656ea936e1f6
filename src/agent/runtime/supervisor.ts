import { AgentError } from '../agent-error.ts'
import type { RuntimeEndpoint } from '../services.ts'
import type { RuntimeSubject, SupervisorDeps } from './supervisor-deps.ts'
import { RuntimeUnsupported } from './unsupported.ts'
import { RuntimeWatch } from './watch.ts'

/** Keeps a runtime going in each running container: starts it, watches it, starts it again when it ends. */
export class RuntimeSupervisor {
  readonly #deps: SupervisorDeps
  readonly #watches = new Map<string, RuntimeWatch>()
  /** Workspaces whose runtime is not to be started, for they are being stopped or deleted. */
  readonly #held = new Set<string>()

  constructor(deps: SupervisorDeps) {
    this.#deps = deps
  }

  /**
   * The container has just started: start a runtime in it. Rejects when that fails; it is tried again all the same. An
   * image that cannot run it is no failure: the workspace is served without.
   */
  async start(subject: RuntimeSubject): Promise<void> {
    try {
      await this.#watch(subject, true).ready()
    } catch (error) {
      if (!(error instanceof RuntimeUnsupported)) throw error
    }
  }

  /** The container runs, perhaps with a runtime in it from before: use that one, or start one. */
  keep(subject: RuntimeSubject): void {
    if (this.#held.has(subject.workspaceId)) return
    const watch = this.#watches.get(subject.workspaceId)
    if (watch?.containerId === subject.containerId) watch.checkNow()
    else this.#watch(subject, false)
  }

  /** Where the runtime listens, when it does. Rejects while it is held, and when the attempt under way to start it fails. */
  endpoint(subject: RuntimeSubject): Promise<RuntimeEndpoint> {
    if (this.#held.has(subject.workspaceId)) {
      const hint = 'Wait until that is done; if the workspace is still there, start it.'
      return Promise.reject(
        new AgentError('PRECONDITION_FAILED', `${subject.name} is being stopped or deleted.`, { hint }),
      )
    }
    const watch = this.#watches.get(subject.workspaceId)
    const isCurrent = watch?.containerId === subject.containerId
    return (isCurrent ? watch : this.#watch(subject, false)).ready()
  }

  /** The container is about to stop or to go: its runtime is let go of, and not started again for anybody until the result is called. */
  hold(workspaceId: string): () => void {
    this.release(workspaceId)
    this.#held.add(workspaceId)
    return () => {
      this.#held.delete(workspaceId)
    }
  }

  /** The container does not run any more. */
  release(workspaceId: string): void {
    this.#watches.get(workspaceId)?.stop()
    this.#watches.delete(workspaceId)
    this.#deps.onReleased(workspaceId)
  }

  async dispose(): Promise<void> {
    const watches = [...this.#watches.values()]
    this.#watches.clear()
    for (const watch of watches) watch.stop()
    await Promise.all(watches.map((watch) => watch.ended))
  }

  #watch(subject: RuntimeSubject, isFresh: boolean): RuntimeWatch {
    this.release(subject.workspaceId)
    const watch = new RuntimeWatch(this.#deps, subject, isFresh)
    this.#watches.set(subject.workspaceId, watch)
    return watch
  }
}
