import type { TerminalClient, TerminalState, WorkerClient } from '../../../client/worker-client.ts'
import type { CreateTerminal } from '../../../contract/terminal/messages.ts'
import { isFocusIdle } from '../../ui/idle-focus.ts'
import { drawByGraphicsCard, hasHardwareGraphics } from './gpu-renderer.ts'
import { type HeldInput, type InputEvent, reduceInput } from './held-input.ts'
import type { TerminalLook } from './terminal-look.ts'
import type { TerminalScreen } from './terminal-screen.ts'

/** What a page shows around the terminal. A new object at each change. */
export type TerminalView = {
  state: TerminalState
  held: HeldInput
  title: string
  /** Bytes of output that were lost to this screen. */
  skippedBytes: number
  hasBell: boolean
}

export type LiveTerminalDeps = {
  client: WorkerClient
  workspace: string
  id: string
  /** Makes the terminal where it does not exist yet. */
  create: CreateTerminal | undefined
  look: TerminalLook
  openLink: (url: string) => void
  claims: (event: KeyboardEvent) => boolean
}

const BELL_MS = 400

/**
 * One terminal on the screen: the emulator, its place in the page and its connection. It lives outside React, so that it
 * survives navigation; its element is moved to wherever it is looked at.
 */
export class LiveTerminal {
  readonly element = document.createElement('div')
  readonly #deps: LiveTerminalDeps
  readonly #listeners = new Set<() => void>()
  readonly #resizes = new ResizeObserver(() => this.#fit())
  #view: TerminalView = {
    state: { status: 'connecting' },
    held: { phase: 'open' },
    title: '',
    skippedBytes: 0,
    hasBell: false,
  }
  #look: TerminalLook
  #label = ''
  #screen: TerminalScreen | undefined
  #client: TerminalClient | undefined
  #wantsFocus = false
  #started = false
  #disposed = false
  #undraw: (() => void) | undefined
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

  read = (): TerminalView => this.#view

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Puts the terminal into the page; the first time it also opens it. */
  show(place: HTMLElement): void {
    place.append(this.element)
    this.#resizes.observe(this.element)
    if (this.#started) this.#drawn()
    else {
      this.#started = true
      void this.#start()
    }
  }

  /** Takes the terminal out of the page. It goes on taking output. */
  hide(): void {
    this.#resizes.disconnect()
    this.#undraw?.()
    this.#undraw = undefined
    this.element.remove()
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
    if (this.#screen === undefined) return
    Object.assign(this.#screen.xterm.options, look)
    this.#fit()
  }

  selection(): string {
    return this.#screen?.xterm.getSelection() ?? ''
  }

  paste(text: string): void {
    this.#screen?.xterm.paste(text)
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
    this.#input({ type: 'send' })
  }

  discardHeld(): void {
    this.#input({ type: 'discard' })
  }

  /** Lets go. What runs in the terminal goes on running. */
  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#bellTimer)
    this.hide()
    this.#client?.dispose()
    this.#screen?.xterm.dispose()
    this.#listeners.clear()
  }

  async #start(): Promise<void> {
    const { createTerminalScreen } = await import('./terminal-screen.ts')
    // The page may have gone on while the emulator was on its way.
    if (this.#disposed) return
    const { claims, openLink } = this.#deps
    const screen = createTerminalScreen({ look: this.#look, claims, openLink })
    this.#screen = screen
    const { xterm } = screen
    xterm.open(this.element)
    this.label(this.#label)
    this.#drawn()
    xterm.onData((text) => this.#input({ type: 'typed', bytes: new TextEncoder().encode(text) }))
    xterm.onBinary((text) => this.#input({ type: 'typed', bytes: Uint8Array.from(text, (byte) => byte.charCodeAt(0)) }))
    xterm.onResize(({ cols, rows }) => this.#client?.resize(cols, rows))
    xterm.onTitleChange((title) => this.#change({ title }))
    xterm.onBell(() => this.#ring())
    this.#connect(screen)
    if (this.#wantsFocus || isFocusIdle()) xterm.focus()
  }

  #connect({ xterm }: TerminalScreen): void {
    const { client, workspace, id, create } = this.#deps
    this.#client = client.openTerminal({
      workspace,
      terminal: id,
      ...(create === undefined ? {} : { create }),
      cols: xterm.cols,
      rows: xterm.rows,
      onOutput: (bytes, parsed) => xterm.write(bytes, parsed),
      onState: (state) => this.#followState(state),
      onTitle: (title) => this.#change({ title }),
      onGap: (skipped) => this.#change({ skippedBytes: this.#view.skippedBytes + skipped }),
    })
  }

  #followState(state: TerminalState): void {
    this.#change({ state })
    if (state.status === 'reconnecting') this.#input({ type: 'lost', at: Date.now() })
    if (state.status === 'live') this.#input({ type: 'back', at: Date.now() })
  }

  #input(event: InputEvent): void {
    const { state: held, send } = reduceInput(this.#view.held, event)
    if (held !== this.#view.held) this.#change({ held })
    for (const bytes of send) this.#client?.write(bytes)
  }

  #drawn(): void {
    this.#fit()
    const xterm = this.#screen?.xterm
    if (xterm === undefined || !hasHardwareGraphics()) return
    void drawByGraphicsCard(xterm).then((undraw) => {
      if (this.element.isConnected && !this.#disposed) this.#undraw = undraw
      else undraw()
    })
  }

  #fit(): void {
    if (this.element.isConnected && this.element.clientWidth > 0) this.#screen?.fit.fit()
  }

  #ring(): void {
    clearTimeout(this.#bellTimer)
    this.#change({ hasBell: true })
    this.#bellTimer = setTimeout(() => this.#change({ hasBell: false }), BELL_MS)
  }

  #change(change: Partial<TerminalView>): void {
    if (this.#disposed) return
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}
