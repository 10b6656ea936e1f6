import { SerializeAddon } from '@xterm/addon-serialize'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { Terminal } from '@xterm/headless'
import { MAX_SCREEN_BYTES } from '../../contract/runtime/state-folder.ts'
import { Ground } from './ground.ts'
import { SCROLLBACK_LINES } from './limits.ts'
import { UnshownState } from './unshown-state.ts'

/** Parsed at once: other work of the thread waits that long. */
const PIECE_BYTES = 131_072

export interface ScreenSize {
  cols: number
  rows: number
}

/** A terminal's screen, built from its output, that can be told again as text. */
export class Screen {
  private readonly terminal: Terminal
  private readonly addon = new SerializeAddon()
  private readonly unshown: UnshownState
  private ground = new Ground(0, false)

  constructor({ cols, rows }: ScreenSize) {
    this.terminal = new Terminal({ cols, rows, scrollback: SCROLLBACK_LINES, allowProposedApi: true })
    // The clients' screens count the same columns for a character.
    this.terminal.loadAddon(new UnicodeGraphemesAddon())
    this.terminal.loadAddon(this.addon)
    this.unshown = new UnshownState(this.terminal)
  }

  /** Begins anew with what `serialize` told. */
  async restore(text: Uint8Array): Promise<void> {
    await this.write(text)
  }

  /**
   * Takes output, the first byte of it at `offset`, where the stream can be cut, up to the last place where the stream can be cut. Returns the offset
   * of that.
   */
  async feed(bytes: Uint8Array, offset: number): Promise<number> {
    this.ground = new Ground(offset, this.ground.isShifted)
    this.ground.feed(bytes, offset)
    await this.write(bytes.subarray(0, this.ground.cut - offset))
    return this.ground.cut
  }

  resize({ cols, rows }: ScreenSize): void {
    this.terminal.resize(cols, rows)
    this.unshown.resized()
  }

  /** The text that makes an empty screen of this size the same as this. */
  serialize(): Buffer {
    let text = this.serializeLines(SCROLLBACK_LINES)
    for (let lines = SCROLLBACK_LINES / 2; text.length > MAX_SCREEN_BYTES && lines > 1; lines = Math.floor(lines / 2)) {
      text = this.serializeLines(lines)
    }
    return text
  }

  dispose(): void {
    this.terminal.dispose()
  }

  private serializeLines(scrollback: number): Buffer {
    const lines = this.addon.serialize({ scrollback, excludeModes: true })
    return Buffer.from(lines + this.modes() + this.unshown.serialize(this.ground))
  }

  private modes(): string {
    const { modes } = this.terminal
    const mouse = { none: 0, x10: 9, vt200: 1000, drag: 1002, any: 1003 }[modes.mouseTrackingMode]
    const set = [
      ...(modes.applicationCursorKeysMode ? [1] : []),
      ...(modes.applicationKeypadMode ? [66] : []),
      ...(modes.bracketedPasteMode ? [2004] : []),
      ...(modes.reverseWraparoundMode ? [45] : []),
      ...(modes.sendFocusMode ? [1004] : []),
      ...(mouse > 0 ? [mouse] : []),
    ]
    const text = set.map((mode) => `\x1b[?${mode}h`).join('')
    return `${text}${modes.insertMode ? '\x1b[4h' : ''}${modes.wraparoundMode ? '' : '\x1b[?7l'}`
  }

  private async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      const piece = bytes.subarray(from, from + PIECE_BYTES)
      await new Promise<void>((resolve) => this.terminal.write(piece, resolve))
    }
  }
}
