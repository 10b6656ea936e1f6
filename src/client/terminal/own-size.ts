import type { Attach, TerminalChannel } from './terminal-channel.ts'

type Size = { cols: number; rows: number }
type Channel = Pick<TerminalChannel, 'isAttached' | 'say'>

/** The size of this client's screen, and whether it is to be the terminal's: told at once, or as soon as somebody hears it. */
export class OwnSize {
  #size: Size
  #isClaimWanted = false
  readonly #channel: () => Channel | undefined

  constructor({ cols, rows }: Size, channel: () => Channel | undefined) {
    this.#size = { cols, rows }
    this.#channel = channel
  }

  get value(): Size {
    return this.#size
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols, rows }
    this.#channel()?.say({ type: 'resize', cols, rows })
  }

  /** A claim that nobody hears now is made when there is somebody. */
  claim(): void {
    const channel = this.#channel()
    this.#isClaimWanted = channel?.isAttached !== true
    channel?.say({ type: 'claim' })
  }

  /** Says what was wanted since `asked` was sent, while there was nobody to say it to. */
  attached(asked: Attach): void {
    const { cols, rows } = this.#size
    if (asked.cols !== cols || asked.rows !== rows) this.#channel()?.say({ type: 'resize', cols, rows })
    if (this.#isClaimWanted) this.#channel()?.say({ type: 'claim' })
    this.#isClaimWanted = false
  }
}
