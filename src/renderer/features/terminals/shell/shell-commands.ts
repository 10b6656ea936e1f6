import type { IMarker, Terminal } from '@xterm/xterm'
import { type Command, CommandLog } from './command-log.ts'
import { markCommand } from './command-marker.ts'
import { parseFolder, parseShellMark } from './shell-marks.ts'

/** A command's line is said and shown at most this long. */
const MOST_CHARACTERS = 80

export type ShellCommandsDeps = {
  now: () => number
  /** A command has ended; `line` is what was typed, `watchedMs` how long its end was in coming here. */
  onEnd: (command: Command, line: string, watchedMs: number) => void
}

/** What the shell of one terminal tells of itself: its folder (OSC 7) and its commands (OSC 133). */
export class ShellCommands {
  readonly #xterm: Terminal
  readonly #log: CommandLog<IMarker>
  #folder: string | undefined
  #outputSince = Number.POSITIVE_INFINITY
  /** The command that was last gone to, until something is typed. */
  #at: Command | undefined

  constructor(xterm: Terminal, { now, onEnd }: ShellCommandsDeps) {
    this.#xterm = xterm
    this.#log = new CommandLog({
      place: () => xterm.registerMarker(0),
      column: () => xterm.buffer.active.cursorX,
      time: now,
    })
    xterm.parser.registerOscHandler(7, (data) => {
      this.#folder = parseFolder(data) ?? this.#folder
      return true
    })
    xterm.parser.registerOscHandler(133, (data) => {
      const mark = parseShellMark(data)
      // Full-screen programs have no history to mark.
      if (mark === undefined || xterm.buffer.active.type !== 'normal') return true
      if (mark.kind === 'output') this.#outputSince = now()
      const ended = this.#log.take(mark)
      if (ended !== undefined) {
        markCommand(xterm, ended.prompt, ended)
        onEnd(ended, this.lineOf(ended), now() - this.#outputSince)
      }
      return true
    })
    xterm.onData(() => {
      this.#at = undefined
    })
  }

  /** The folder that the shell stands in, as far as it told. */
  get folder(): string | undefined {
    return this.#folder
  }

  /** Those that have ended and are still kept, from the oldest. */
  finished(): readonly Command[] {
    return this.#log.finished()
  }

  /** Scrolls to the prompt of the command before or after; undefined where there is none. */
  go(by: 1 | -1): Command | undefined {
    const commands = this.finished()
    const at = this.#at === undefined ? -1 : commands.indexOf(this.#at)
    const from = at >= 0 ? at : this.#below(commands)
    const command = commands[from + by]
    if (command === undefined) return undefined
    this.#at = command
    this.#xterm.scrollToLine(command.prompt.line)
    return command
  }

  /** Selects the output of the command that was gone to, or of the last one; undefined where there is none. */
  selectOutput(): Command | undefined {
    const command = this.#at ?? this.finished().at(-1)
    if (command?.output === undefined || command.end === undefined) return undefined
    if (command.end.line <= command.output.line) return undefined
    this.#xterm.selectLines(command.output.line, command.end.line - 1)
    return command
  }

  /** What was typed, at most 80 characters of it. */
  lineOf({ line, output }: Command): string {
    if (line === undefined || output === undefined) return ''
    const buffer = this.#xterm.buffer.active
    let text = ''
    for (let row = line.place.line; row >= 0 && row < output.line && text.length < MOST_CHARACTERS; row += 1) {
      text += buffer.getLine(row)?.translateToString(true, row === line.place.line ? line.column : 0) ?? ''
    }
    return text.trim().slice(0, MOST_CHARACTERS)
  }

  /** The index of the first command that begins below the top of the screen, or of the end where it is at the bottom. */
  #below(commands: readonly Command[]): number {
    const { viewportY, baseY } = this.#xterm.buffer.active
    if (viewportY === baseY) return commands.length
    const index = commands.findIndex(({ prompt }) => prompt.line > viewportY)
    return index < 0 ? commands.length : index
  }
}
