import type { TerminalExit, TerminalRecord } from '../contract/terminal/terminal.ts'
import type { History } from './output-sender.ts'

/** The program of a terminal and the PTY that it runs in, wherever that is. */
export interface Program {
  /** Queues `bytes`, which must not change afterwards; `taken` tells when the PTY has them. */
  write(bytes: Uint8Array): void
  /** Reads no more: the program waits once all buffers on the way are full. */
  pause(): void
  resume(): void
  resize(cols: number, rows: number): void
  /** Sends a signal to what is in the foreground. */
  signal(name: NodeJS.Signals): void
  /** Ends the program and all of its session. Resolves with the pids that could not be ended; without any, `exit` comes. */
  end(graceMs?: number): Promise<{ left: readonly number[] }>
  /** Hangs up, whether or not the program has ended, and forgets what is kept of it elsewhere. */
  dispose(): void
}

export interface ProgramEvents {
  /** Output in order. Returns whether the bytes are still needed afterwards; else they are reused. */
  output(bytes: Buffer): boolean
  /** The program's side took one whole piece of what was written, of `length` bytes. */
  taken(length: number): void
  /** Once, after the last byte of output. */
  exit(exit: TerminalExit): void
  /** The PTY no longer works; `exit` follows when the program has ended. */
  failed(error: unknown): void
}

/** The end of a terminal's output, kept for replay. */
export interface TerminalHistory extends History {
  /** Earliest offset to begin a replay from. */
  readonly start: number
  /** Returns the error where the bytes could not be kept; the offsets go on all the same. */
  append(bytes: Uint8Array): unknown
  /** Lets go of it where it outlasts its holder: it stays as it is. */
  leave?(): void
  dispose(): void
}

/** A screen as text: what makes an empty one the same. */
export interface ToldScreen {
  /** It has all output before it. */
  offset: number
  bytes: Uint8Array
}

/** The screen that a terminal's output makes, for whoever comes when not all of the output is kept. */
export interface TerminalScreen {
  /** The history has taken `bytes`, which may be reused afterwards. */
  produced(bytes: Buffer): void
  resized(size: { cols: number; rows: number }): void
  /** The screen after all output of now, or a little less. Nothing where it cannot be had. */
  take(): Promise<ToldScreen | undefined>
  /** Lets go of it where it outlasts its holder: what is kept of it stays as it is. */
  leave?(): void
  dispose(): void
}

/** What outlasts the holder of a terminal: with it and the history the next one can show the last screen. */
export interface TerminalKeep {
  /** Keeps what is to be told of the terminal. Never throws. */
  note(ended: KeptRecord): void
  /** The terminal is forgotten: nothing of it stays. */
  dispose(): void
}

export interface KeptRecord {
  record: TerminalRecord
  /** When its program ended by itself (ms since the epoch). */
  exitedAtMs?: number | undefined
}

/** A terminal whose holder ended before it was closed. */
export interface EarlierTerminal extends KeptRecord {
  history: TerminalHistory
  screen: TerminalScreen
  keep: TerminalKeep
}

/** A program that has just been started, with what is kept of its output. */
export interface Begun {
  title: string
  program: Program
  history: TerminalHistory
  /** Absent where none is kept: a client then has what the history has. */
  screen?: TerminalScreen | undefined
  /** Absent where nothing outlasts its holder. */
  keep?: TerminalKeep | undefined
}
