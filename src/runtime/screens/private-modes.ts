import { SequenceScan } from '../../terminals/sequence-scan.ts'

const SET = 0x68
const RESET = 0x6c
const LONGEST = 64
/** A program may set any number: what is remembered is bounded. */
const MOST_MODES = 64
/** The screen of full-screen programs, which is shown in place of the other. */
const ALTERNATE: ReadonlySet<number> = new Set([47, 1047, 1049])
/** They move the cursor, or pass by themselves. */
const NOT_TOLD: ReadonlySet<number> = new Set([6, 1048, 2026])

/** The private modes that output sets (DECSET and DECRST), followed without a screen. */
export class PrivateModes {
  isAlternate = false
  /** After the output in which one screen was last put in place of the other. */
  alternateChangedBefore = 0
  private readonly modes = new Map<number, boolean>()
  private readonly scan: SequenceScan
  private end = 0

  constructor() {
    this.scan = new SequenceScan({
      introducer: '\x1b[?',
      isEnd: (byte) => byte >= 0x40 && byte < 0x7f,
      longest: LONGEST,
      found: (body, final) => {
        if (final === SET || final === RESET) for (const mode of body.split(';')) this.take(Number(mode), final === SET)
      },
    })
  }

  /** Takes output that ends at offset `end`; the bytes may be reused afterwards. */
  read(bytes: Buffer, end: number): void {
    this.end = end
    this.scan.scan(bytes)
  }

  /** The sequences that set all of them again on a screen that is not the alternate one. */
  get text(): string {
    return [...this.modes].map(([mode, isSet]) => `\x1b[?${mode}${isSet ? 'h' : 'l'}`).join('')
  }

  private take(mode: number, isSet: boolean): void {
    if (ALTERNATE.has(mode)) {
      this.isAlternate = isSet
      this.alternateChangedBefore = this.end
    } else if (!NOT_TOLD.has(mode) && Number.isInteger(mode)) {
      this.modes.delete(mode)
      if (this.modes.size < MOST_MODES) this.modes.set(mode, isSet)
    }
  }
}
