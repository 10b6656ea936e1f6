import type { IDisposable, Terminal } from '@xterm/xterm'
import { systemClock } from '../../../client/clock.ts'
import { type Prediction, type PredictionMode, Predictor } from '../../../client/terminal/prediction/predictor.ts'
import type { ScreenView } from '../../../client/terminal/prediction/screen-view.ts'

/**
 * Draws the keys that are on their way to the shell over the screen, underlined until the shell has shown them itself. It is
 * told of the same input and link as the connection; what they mean for the screen is the predictor's to know.
 */
export class PredictionOverlay {
  readonly #xterm: Terminal
  readonly #predictor: Predictor
  readonly #layer = document.createElement('div')
  readonly #listeners: readonly IDisposable[]
  #sentBytes = 0

  /** `xterm` must be open. */
  constructor(xterm: Terminal) {
    this.#xterm = xterm
    this.#predictor = new Predictor({ view: viewOf(xterm), clock: systemClock, changed: () => this.#draw() })
    this.#layer.className = 'pointer-events-none absolute inset-0 z-10 overflow-hidden whitespace-pre'
    this.#layer.dataset['prediction'] = ''
    // What the shell shows is what is read out.
    this.#layer.setAttribute('aria-hidden', 'true')
    xterm.element?.querySelector('.xterm-screen')?.append(this.#layer)
    this.#listeners = [
      xterm.onWriteParsed(() => this.#predictor.parsed()),
      xterm.onResize(() => this.#predictor.reset()),
      xterm.onScroll(() => this.#draw()),
    ]
  }

  setMode(mode: PredictionMode): void {
    this.#predictor.setMode(mode)
  }

  /** `bytes` leave for the terminal. */
  sent(bytes: Uint8Array): void {
    this.#sentBytes += bytes.byteLength
    this.#predictor.typed(new TextDecoder().decode(bytes), this.#sentBytes)
  }

  /** The terminal has taken all but `pendingBytes` of what left; what it printed before is in the emulator's queue. */
  taken(pendingBytes: number): void {
    const offset = this.#sentBytes - pendingBytes
    this.#xterm.write('', () => this.#predictor.acknowledged(offset))
  }

  measured(roundTripMs: number | undefined): void {
    if (roundTripMs !== undefined) this.#predictor.measured(roundTripMs)
  }

  /** The link broke, or the screen begins anew. */
  reset(): void {
    this.#predictor.reset()
  }

  dispose(): void {
    this.#predictor.dispose()
    for (const listener of this.#listeners) listener.dispose()
    this.#layer.remove()
  }

  #draw(): void {
    const { prediction } = this.#predictor
    const { active } = this.#xterm.buffer
    const isAtBottom = active.viewportY === active.baseY
    this.#layer.replaceChildren(...(prediction === undefined || !isAtBottom ? [] : this.#cellsOf(prediction)))
  }

  #cellsOf({ row, cells, cursorCol }: Prediction): HTMLElement[] {
    const { theme = {} } = this.#xterm.options
    const drawn = cells.map(({ col, text, width }) => {
      const cell = this.#cell({ row, col, width })
      cell.textContent = text
      cell.style.textDecoration = text === ' ' ? 'none' : 'underline'
      cell.style.background = theme.background ?? ''
      cell.style.color = theme.foreground ?? ''
      return cell
    })
    const cursor = this.#cell({ row, col: cursorCol, width: 1 })
    cursor.style.border = `1px solid ${theme.cursor ?? 'currentColor'}`
    return [...drawn, cursor]
  }

  #cell({ row, col, width }: { row: number; col: number; width: number }): HTMLElement {
    const { cols, rows, options } = this.#xterm
    const cellWidth = this.#layer.clientWidth / cols
    const cellHeight = this.#layer.clientHeight / rows
    const cell = document.createElement('span')
    Object.assign(cell.style, {
      position: 'absolute',
      left: `${col * cellWidth}px`,
      top: `${row * cellHeight}px`,
      width: `${width * cellWidth}px`,
      height: `${cellHeight}px`,
      lineHeight: `${cellHeight}px`,
      fontFamily: options.fontFamily,
      fontSize: `${options.fontSize}px`,
      letterSpacing: '0',
    })
    return cell
  }
}

/** The screen at its end, wherever it is scrolled to. */
function viewOf(xterm: Terminal): ScreenView {
  return {
    get cols() {
      return xterm.cols
    },
    get cursor() {
      const { cursorX, cursorY } = xterm.buffer.active
      return { row: cursorY, col: cursorX }
    },
    get isAlternate() {
      return xterm.buffer.active.type === 'alternate'
    },
    cell: (row, col) => {
      const { active } = xterm.buffer
      const cell = active.getLine(active.baseY + row)?.getCell(col)
      if (cell === undefined) return ' '
      return cell.getWidth() === 0 ? '' : cell.getChars() || ' '
    },
  }
}
