import type { ShellMark } from './shell-marks.ts'

/** A place in the output that moves with it: the row of the buffer, -1 once it is no longer kept. */
export type Place = { readonly line: number }

/** A command as its shell marked it. What is undefined has not been marked. */
export type Command<Where extends Place = Place> = {
  prompt: Where
  /** Where the typed line begins: behind the prompt. */
  line: { place: Where; column: number } | undefined
  output: Where | undefined
  end: Where | undefined
  exitCode: number | undefined
  durationMs: number | undefined
}

type Now<Where extends Place> = { place: () => Where; column: () => number; time: () => number }

/** Commands beyond these are forgotten from the oldest on. */
const MAX_COMMANDS = 2000

/**
 * The commands of one terminal, put together from the marks of its shell in the order in which they come. Shells may
 * leave marks out: an end without an output mark is a line that ran nothing.
 */
export class CommandLog<Where extends Place = Place> {
  readonly #now: Now<Where>
  readonly #commands: Command<Where>[] = []
  #current: Command<Where> | undefined
  #startedAt: number | undefined

  constructor(now: Now<Where>) {
    this.#now = now
  }

  /** From the oldest; those whose lines are gone are left out. The last may still run, or not be typed yet. */
  list(): readonly Command<Where>[] {
    return this.#commands.filter(({ prompt }) => prompt.line >= 0)
  }

  /** Those that ran to their end, from the oldest. */
  finished(): readonly Command<Where>[] {
    return this.list().filter(({ output, end }) => output !== undefined && end !== undefined)
  }

  /** Takes a mark. Returns the command where it has just ended. */
  take(mark: ShellMark): Command<Where> | undefined {
    switch (mark.kind) {
      case 'prompt':
        this.#begin()
        return undefined
      case 'command-line':
        this.#here().line ??= { place: this.#now.place(), column: this.#now.column() }
        return undefined
      case 'output':
        this.#here().output = this.#now.place()
        this.#startedAt = this.#now.time()
        return undefined
      case 'end':
        return this.#end(mark)
    }
  }

  #begin(): Command<Where> {
    // A prompt that is drawn anew (Ctrl+L, a resize) is the same prompt in another place.
    if (this.#current !== undefined && this.#current.output === undefined) this.#commands.pop()
    const command: Command<Where> = {
      ...{ prompt: this.#now.place(), line: undefined, output: undefined, end: undefined },
      ...{ exitCode: undefined, durationMs: undefined },
    }
    this.#current = command
    this.#commands.push(command)
    if (this.#commands.length > MAX_COMMANDS) this.#commands.shift()
    return command
  }

  /** The command of now; marks may begin in its middle. */
  #here(): Command<Where> {
    return this.#current ?? this.#begin()
  }

  #end({ exitCode, durationMs }: Extract<ShellMark, { kind: 'end' }>): Command<Where> | undefined {
    const command = this.#current
    this.#current = undefined
    if (command?.output === undefined) {
      if (command !== undefined) this.#commands.pop()
      return undefined
    }
    command.end = this.#now.place()
    command.exitCode = exitCode
    command.durationMs = durationMs ?? (this.#startedAt === undefined ? undefined : this.#now.time() - this.#startedAt)
    return command
  }
}
