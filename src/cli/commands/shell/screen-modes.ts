/** Modes that programs switch on and a shell does not expect (xterm's control sequences, DECSET). */
const OFF_BY_DEFAULT: ReadonlySet<string> = new Set([
  // Cursor keys of applications, alternate screens, mouse, focus, pasted text in brackets.
  ...['1', '47', '1047', '1049', '9', '1000', '1002', '1003', '1005', '1006', '1015', '1004', '2004'],
])
/** Those that programs switch off: wrapping, the cursor. */
const ON_BY_DEFAULT: ReadonlySet<string> = new Set(['7', '25'])

const ALTERNATE_SCREENS = ['47', '1047', '1049']

const ESCAPE = '\u{1b}'
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with one
const SET_OR_RESET = /\u{1b}\[\?([\d;]{1,40})([hl])/gu
/** Longer than any sequence that is looked for. */
const LONGEST_SEQUENCE = 48

/** Follows the modes that a program has put a terminal into, so that it can be given back as a shell expects it. */
export interface ScreenModes {
  see(output: Uint8Array): void
  /** Whether a full-screen program has the screen. */
  readonly isAlternateScreen: boolean
  /** What puts everything back; empty where nothing was changed. From then on nothing is. */
  undo(): string
}

export function followScreenModes(): ScreenModes {
  const changed = new Set<string>()
  let rest = ''
  return {
    see: (output) => {
      const text = rest + Buffer.from(output.buffer, output.byteOffset, output.byteLength).toString('latin1')
      for (const [, modes = '', verb] of text.matchAll(SET_OR_RESET)) {
        for (const mode of modes.split(';')) {
          if (!OFF_BY_DEFAULT.has(mode) && !ON_BY_DEFAULT.has(mode)) continue
          if (ON_BY_DEFAULT.has(mode) === (verb === 'h')) changed.delete(mode)
          else changed.add(mode)
        }
      }
      const start = text.lastIndexOf(ESCAPE)
      rest = start > text.length - LONGEST_SEQUENCE && start !== -1 ? text.slice(start) : ''
    },
    get isAlternateScreen() {
      return ALTERNATE_SCREENS.some((mode) => changed.has(mode))
    },
    undo: () => {
      if (changed.size === 0) return ''
      const back = [...changed].map((mode) => `${ESCAPE}[?${mode}${ON_BY_DEFAULT.has(mode) ? 'h' : 'l'}`)
      changed.clear()
      return `${back.join('')}${ESCAPE}[0m`
    },
  }
}
