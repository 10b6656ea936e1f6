import { nearestSize } from '../../../client/terminal/nearest-size.ts'
import { drawByGraphicsCard, hasHardwareGraphics } from './gpu-renderer.ts'
import type { TerminalSize } from './terminal-connection.ts'
import type { TerminalScreen } from './terminal-screen.ts'

/** Where an emulator stands in the page: it tells how much would fill its element, and is drawn only while it is seen. */
export class ScreenPlace {
  readonly element = document.createElement('div')
  readonly #onRoom: (room: TerminalSize) => void
  readonly #resizes = new ResizeObserver(() => this.fit())
  #screen: TerminalScreen | undefined
  #undraw: (() => void) | undefined

  /** `onRoom` is told the size that fills the place, as far as a terminal can have it, whenever that may have changed. */
  constructor(onRoom: (room: TerminalSize) => void) {
    this.#onRoom = onRoom
  }

  /** The emulator that belongs here: it is opened in the element. */
  fill(screen: TerminalScreen): void {
    this.#screen = screen
    screen.xterm.open(this.element)
    this.#draw()
  }

  show(place: HTMLElement): void {
    place.append(this.element)
    this.#resizes.observe(this.element)
    this.#draw()
  }

  hide(): void {
    this.#resizes.disconnect()
    this.#undraw?.()
    this.#undraw = undefined
    this.element.remove()
  }

  fit(): void {
    if (!this.element.isConnected || this.element.clientWidth === 0) return
    const room = this.#screen?.fit.proposeDimensions()
    if (room !== undefined && room.cols > 0 && room.rows > 0) this.#onRoom(nearestSize(room))
  }

  #draw(): void {
    this.fit()
    const screen = this.#screen
    if (screen === undefined || this.#undraw !== undefined || !hasHardwareGraphics()) return
    void drawByGraphicsCard(screen.xterm).then((undraw) => {
      if (this.element.isConnected && this.#undraw === undefined) this.#undraw = undraw
      else undraw()
    })
  }
}
