import type { Terminal } from '@xterm/xterm'
import type { PredictionMode } from '../../../client/terminal/prediction/predictor.ts'
import type { OpenTerminal, TerminalHealth } from '../../../client/worker-client.ts'
import { isFocusIdle } from '../../ui/idle-focus.ts'
import { createStore } from '../../ui/store.ts'
import { isEmulatorReply, isEmulatorReport } from './emulator-replies.ts'
import { PredictionOverlay } from './prediction-overlay.ts'
import { ScreenPlace } from './screen-place.ts'
import {
  type ConnectionTarget,
  type ConnectionView,
  TerminalConnection,
  type TerminalSize,
  UNCONNECTED,
} from './terminal-connection.ts'
import type { TerminalLook } from './terminal-look.ts'
import type { ScreenDeps, TerminalScreen } from './terminal-screen.ts'

/** What a page shows around the terminal. A new object at each change. */
export type TerminalView = ConnectionView & {
  hasBell: boolean
  /** The size that the pane has room for, once it is known. */
  room: TerminalSize | undefined
  /** The emulator and what it can do, once it is there. */
  screen: TerminalScreen | undefined
}

export type LiveTerminalDeps = ConnectionTarget & ScreenDeps

const BELL_MS = 400

/**
 * One terminal on the screen: the emulator, its place in the page and its connection. It lives outside React, so that it
 * survives navigation; its element is moved to wherever it is looked at.
 */
export class LiveTerminal {
  readonly #deps: LiveTerminalDeps
  readonly #place = new ScreenPlace((room) => this.#fill(room))
  readonly #view = createStore<TerminalView>({ ...UNCONNECTED, hasBell: false, room: undefined, screen: undefined })
  /** Whether the figures of its connection are shown. */
  readonly details = createStore(false)
  readonly read = this.#view.read
  readonly subscribe = this.#view.subscribe
  #look: TerminalLook
  #label = ''
  #connection: TerminalConnection | undefined
  #prediction: PredictionOverlay | undefined
  #predictionMode: PredictionMode = 'auto'
  /** What is being parsed is answered elsewhere. */
  #isAnswered = false
  #wantsFocus = false
  #started = false
  #disposed = false
  #bellTimer: ReturnType<typeof setTimeout> | undefined

  constructor(deps: LiveTerminalDeps) {
    this.#deps = deps
    this.#look = deps.look
    this.element.className = 'h-full w-full overflow-hidden'
    this.element.dataset['terminal'] = deps.id
  }

  get id(): string {
    return this.#deps.id
  }

  get element(): HTMLElement {
    return this.#place.element
  }

  /** Of those on the screen, it is the one that has the keyboard or gets it. */
  get isCurrent(): boolean {
    return this.element.closest('[data-current]') !== null
  }

  /** Puts the terminal into the page; the first time it also opens it. */
  show(place: HTMLElement): void {
    this.#place.show(place)
    if (this.#started) return
    this.#started = true
    void this.#start()
  }

  /** Takes the terminal out of the page. It goes on taking output. */
  hide(): void {
    this.#place.hide()
  }

  /** Puts the keyboard into the terminal, now or as soon as it is there. */
  focus(): void {
    this.#wantsFocus = this.#screen === undefined
    this.#screen?.xterm.focus()
  }

  /** The accessible name of the terminal's input. */
  label(text: string): void {
    this.#label = text
    this.#screen?.xterm.textarea?.setAttribute('aria-label', text)
  }

  restyle(look: TerminalLook): void {
    this.#look = look
    this.#screen?.restyle(look)
    this.#place.fit()
  }

  /** Whether keys are shown before the shell has shown them. */
  predict(mode: PredictionMode): void {
    this.#predictionMode = mode
    this.#prediction?.setMode(mode)
  }

  selection(): string {
    return this.#screen?.xterm.getSelection() ?? ''
  }

  /** Pastes, or asks first whether to. */
  paste(text: string): void {
    this.#screen?.paste.paste(text)
  }

  clear(): void {
    this.#screen?.xterm.clear()
  }

  scroll(to: 'page-up' | 'page-down' | 'top' | 'bottom'): void {
    const xterm = this.#screen?.xterm
    if (to === 'top') xterm?.scrollToTop()
    else if (to === 'bottom') xterm?.scrollToBottom()
    else xterm?.scrollPages(to === 'page-up' ? -1 : 1)
  }

  sendHeld(): void {
    this.#connection?.sendHeld()
  }

  discardHeld(): void {
    this.#connection?.discardHeld()
  }

  /** The figures of its connection, as they are now. */
  get health(): TerminalHealth | undefined {
    return this.#connection?.health
  }

  /** Tries at once to be connected again. */
  retryNow(): void {
    this.#connection?.retryNow()
  }

  /** Gives the terminal the size of this screen, whatever others have. */
  claim(): void {
    this.#connection?.claim()
  }

  /** Lets go. What runs in the terminal goes on running. */
  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#bellTimer)
    this.hide()
    this.#connection?.dispose()
    this.#prediction?.dispose()
    this.#screen?.dispose()
  }

  get #screen(): TerminalScreen | undefined {
    return this.#view.read().screen
  }

  async #start(): Promise<void> {
    const { createTerminalScreen } = await import('./terminal-screen.ts')
    // The page may have gone on while the emulator was on its way.
    if (this.#disposed) return
    const screen = createTerminalScreen(this.element, { ...this.#deps, look: this.#look })
    this.#place.fill(screen)
    this.#change({ screen })
    this.#settleSize()
    this.label(this.#label)
    this.#connect(screen)
    // Of several that come up beside each other, the one that had the keyboard takes it.
    if (this.#wantsFocus || (this.isCurrent && isFocusIdle())) screen.xterm.focus()
  }

  #connect({ xterm }: TerminalScreen): void {
    const prediction = new PredictionOverlay(xterm)
    prediction.setMode(this.#predictionMode)
    this.#prediction = prediction
    const connection = new TerminalConnection({
      ...this.#deps,
      ...(this.#view.read().room ?? { cols: xterm.cols, rows: xterm.rows }),
      prediction,
      onOutput: this.#writerOf(xterm),
      onChange: (change) => {
        this.#change(change)
        if (change.audience !== undefined) this.#settleSize()
      },
    })
    this.#connection = connection
    xterm.onData((text) => {
      const bytes = new TextEncoder().encode(text)
      const isReply = isEmulatorReply(text)
      if (isReply && this.#isAnswered) return
      if (isReply || isEmulatorReport(text)) connection.report(bytes)
      else connection.type(bytes)
    })
    // The pointer, in its oldest form.
    xterm.onBinary((text) => connection.report(Uint8Array.from(text, (byte) => byte.charCodeAt(0))))
    xterm.onTitleChange((title) => this.#change({ title }))
    xterm.onBell(() => this.#ring())
  }

  /** Writes to the emulator; what it says by itself to output that is answered elsewhere is known by the time it says it. */
  #writerOf(xterm: Terminal): OpenTerminal['onOutput'] {
    let wasAnswered = false
    return (bytes, parsed, isAnswered) => {
      if (isAnswered !== wasAnswered) {
        xterm.write('', () => {
          this.#isAnswered = isAnswered
        })
      }
      wasAnswered = isAnswered
      xterm.write(bytes, parsed)
    }
  }

  #fill(room: TerminalSize): void {
    const before = this.#view.read().room
    if (room.cols === before?.cols && room.rows === before.rows) return
    this.#change({ room })
    this.#connection?.resize(room.cols, room.rows)
    this.#settleSize()
  }

  /** The emulator has the size that programs draw for: with others at the terminal, the one that all have agreed on. */
  #settleSize(): void {
    const { audience, room, screen } = this.#view.read()
    const wanted = audience.clients > 1 ? (audience.size ?? room) : room
    if (screen === undefined || wanted === undefined) return
    const { xterm } = screen
    if (xterm.cols !== wanted.cols || xterm.rows !== wanted.rows) xterm.resize(wanted.cols, wanted.rows)
  }

  #ring(): void {
    clearTimeout(this.#bellTimer)
    this.#change({ hasBell: true })
    this.#bellTimer = setTimeout(() => this.#change({ hasBell: false }), BELL_MS)
  }

  #change(change: Partial<TerminalView>): void {
    if (!this.#disposed) this.#view.set({ ...this.#view.read(), ...change })
  }
}
