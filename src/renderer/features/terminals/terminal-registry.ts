import { LiveTerminal, type LiveTerminalDeps } from './live-terminal.ts'
import type { TerminalLook } from './terminal-look.ts'

/** Hidden terminals beyond these are let go, the longest hidden first, and replayed when they are looked at again. */
const MAX_HIDDEN = 12

/** Where a terminal stands: on which worker, in which workspace. */
export type TerminalPlace = { worker: string; workspace: string }

/** The terminals of this window, by id: they outlive the pages that show them. */
export class TerminalRegistry {
  readonly #terminals = new Map<string, LiveTerminal>()
  readonly #places = new Map<string, TerminalPlace>()

  /** The terminal of this id; made where it is not here yet. Being asked for makes it the most recent. */
  obtain(place: TerminalPlace, deps: LiveTerminalDeps): LiveTerminal {
    const known = this.#terminals.get(deps.id)
    const terminal = known ?? new LiveTerminal(deps)
    this.#terminals.delete(deps.id)
    this.#terminals.set(deps.id, terminal)
    this.#places.set(deps.id, place)
    return terminal
  }

  find(id: string): LiveTerminal | undefined {
    return this.#terminals.get(id)
  }

  restyle(look: TerminalLook): void {
    for (const terminal of this.#terminals.values()) terminal.restyle(look)
  }

  forget(id: string): void {
    this.#terminals.get(id)?.dispose()
    this.#terminals.delete(id)
    this.#places.delete(id)
  }

  /** Lets go of what belonged to a workspace that was stopped or deleted. */
  forgetWorkspace({ worker, workspace }: TerminalPlace): void {
    for (const [id, place] of this.#places) {
      if (place.worker === worker && place.workspace === workspace) this.forget(id)
    }
  }

  /** Lets go of the terminals that have been hidden longest, where there are too many. */
  trim(): void {
    // Those that take the place of the ones just hidden are on the page a moment later.
    queueMicrotask(() => this.#trimNow())
  }

  #trimNow(): void {
    const hidden = [...this.#terminals.values()].filter((terminal) => !terminal.element.isConnected)
    for (const terminal of hidden.slice(0, Math.max(0, hidden.length - MAX_HIDDEN))) {
      const { held, screen } = terminal.read()
      // Input that is held belongs to the person, and so do files on their way: such a terminal stays.
      if (held.phase === 'open' && screen?.uploads.isBusy !== true) this.forget(terminal.id)
    }
  }
}

export const terminalRegistry = new TerminalRegistry()
