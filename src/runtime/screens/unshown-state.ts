import type { IBuffer, Terminal } from '@xterm/headless'

/** Private modes that the serialized screen has in another way, or that pass by themselves. */
const OTHERWISE: ReadonlySet<number> = new Set([
  1, 6, 7, 9, 45, 47, 66, 1000, 1002, 1003, 1004, 1047, 1048, 1049, 2004, 2026,
])
const ALTERNATE: ReadonlySet<number> = new Set([47, 1047, 1049])
const LONGEST_TEXT = 4096
const SETS: readonly [intermediate: '(' | ')', finals: string][] = [
  ['(', '0AB'],
  [')', '0AB'],
]

interface SavedCursor {
  x: number
  y: number
}

/**
 * What programs have set that neither the lines of a screen nor xterm's own list of modes tell: other private modes, the
 * cursor's shape and its saved place, scroll margins, character sets, title and folder. It watches the parser and leaves
 * every sequence to it.
 */
export class UnshownState {
  private readonly terminal: Terminal
  private readonly modes = new Map<number, boolean>()
  private readonly sets = new Map<string, string>()
  private readonly saved = new Map<IBuffer['type'], SavedCursor>()
  private readonly margins = new Map<IBuffer['type'], { top: number; bottom: number }>()
  private cursorShape = 0
  private title = ''
  private folder = ''

  constructor(terminal: Terminal) {
    this.terminal = terminal
    const { parser } = terminal
    const look =
      <Parameters extends unknown[]>(act: (...parameters: Parameters) => void) =>
      (...parameters: Parameters) => {
        act(...parameters)
        return false
      }
    type Numbers = (number | number[])[]
    parser.registerCsiHandler(
      { prefix: '?', final: 'h' },
      look((params: Numbers) => this.setModes(params, true)),
    )
    parser.registerCsiHandler(
      { prefix: '?', final: 'l' },
      look((params: Numbers) => this.setModes(params, false)),
    )
    parser.registerCsiHandler(
      { final: 'r' },
      look(([top, bottom]: Numbers) => this.setMargins(numberOf(top), numberOf(bottom))),
    )
    parser.registerCsiHandler(
      { final: 's' },
      look(() => this.saveCursor()),
    )
    parser.registerCsiHandler(
      { intermediates: ' ', final: 'q' },
      look(([shape]: Numbers) => {
        this.cursorShape = numberOf(shape)
      }),
    )
    parser.registerCsiHandler(
      { intermediates: '!', final: 'p' },
      look(() => this.softReset()),
    )
    parser.registerEscHandler(
      { final: '7' },
      look(() => this.saveCursor()),
    )
    parser.registerEscHandler(
      { final: 'c' },
      look(() => this.reset()),
    )
    for (const [intermediates, finals] of SETS) {
      for (const final of finals) {
        parser.registerEscHandler(
          { intermediates, final },
          look(() => this.sets.set(intermediates, final)),
        )
      }
    }
    terminal.onTitleChange((title) => {
      this.title = title.slice(0, LONGEST_TEXT)
    })
    parser.registerOscHandler(7, (folder) => {
      this.folder = folder.slice(0, LONGEST_TEXT)
      return false
    })
  }

  /** A resize takes the margins away, as it does on the screen. */
  resized(): void {
    this.margins.clear()
  }

  /** The sequences that set all of it again on a screen that has everything else. `isShifted`: see `Ground`. */
  serialize({ isShifted }: { isShifted: boolean }): string {
    const { terminal } = this
    const { originMode } = terminal.modes
    const saved = this.saved.get(terminal.buffer.active.type)
    const margins = this.margins.get(terminal.buffer.active.type)
    let text = ''
    for (const [mode, isSet] of this.modes) text += `\x1b[?${mode}${isSet ? 'h' : 'l'}`
    if (this.cursorShape > 0) text += `\x1b[${this.cursorShape} q`
    if (this.title !== '') text += `\x1b]2;${this.title}\x07`
    if (this.folder !== '') text += `\x1b]7;${this.folder}\x07`
    if (saved) text += `${placeCursor(saved)}\x1b7`
    if (margins) text += `\x1b[${margins.top};${margins.bottom}r`
    if (originMode) text += '\x1b[?6h'
    const { cursorX: x, cursorY: y } = terminal.buffer.active
    // Beyond the last column, before a wrap, it cannot be put; the lines have left it there where nothing moved it since.
    if (x < terminal.cols || saved || margins || originMode) {
      text += placeCursor({ x, y: originMode && margins ? y - margins.top + 1 : y })
    }
    for (const [intermediate, final] of this.sets) text += `\x1b${intermediate}${final}`
    return isShifted ? `${text}\x0e` : text
  }

  private setModes(params: (number | number[])[], isSet: boolean): void {
    for (const param of params) {
      const mode = numberOf(param)
      if (mode === 1048 && isSet) this.saveCursor()
      if (ALTERNATE.has(mode) && !isSet) this.leaveAlternate()
      if (OTHERWISE.has(mode)) continue
      this.modes.delete(mode)
      // A program may set any number: what is remembered is bounded.
      if (this.modes.size < 64) this.modes.set(mode, isSet)
    }
  }

  private setMargins(top: number, bottom: number): void {
    const { rows } = this.terminal
    const last = bottom === 0 || bottom > rows ? rows : bottom
    const first = Math.max(1, top)
    if (last > first) this.margins.set(this.terminal.buffer.active.type, { top: first, bottom: last })
  }

  private saveCursor(): void {
    const { active } = this.terminal.buffer
    this.saved.set(active.type, { x: active.cursorX, y: active.cursorY })
  }

  private leaveAlternate(): void {
    this.margins.delete('alternate')
    this.saved.delete('alternate')
  }

  private softReset(): void {
    this.margins.clear()
    this.sets.clear()
    this.saved.clear()
    this.modes.delete(25)
  }

  private reset(): void {
    this.softReset()
    this.modes.clear()
    this.cursorShape = 0
  }
}

function numberOf(param: number | number[] | undefined): number {
  return (Array.isArray(param) ? param[0] : param) ?? 0
}

function placeCursor({ x, y }: SavedCursor): string {
  return `\x1b[${y + 1};${x + 1}H`
}
