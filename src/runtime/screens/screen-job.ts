import type { ScreenSize } from './screen.ts'

/** A size that a screen had from `offset` on. */
export interface SizeFrom extends ScreenSize {
  offset: number
}

/** What a screen is built from: a screen that was told before, and the output since. */
export interface ScreenBase {
  /** Where the output begins that is not in `state`. */
  offset: number
  /** A file with the screen at `offset`. Absent: it was empty but for `modes`. */
  stateFile: string | undefined
  /** Sequences that come first. */
  modes: string
}

/** Asks for the screen of a terminal after the output before `end`. */
export interface ScreenJob {
  id: number
  ringFile: string
  base: ScreenBase
  end: number
  /** The first is the size at the base. */
  sizes: SizeFrom[]
  /** Where the screen is written to. Absent: it is answered. */
  saveTo: string | undefined
}

export type ScreenAnswer =
  /** All that is needed of the ring has been read. */
  | { id: number; type: 'read' }
  /** The screen at `offset`, a little before what was asked for where the stream cannot be cut there. */
  | { id: number; type: 'done'; offset: number; screen: Uint8Array | undefined }
  | { id: number; type: 'failed'; message: string }
