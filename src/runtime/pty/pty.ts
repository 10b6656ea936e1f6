import { closeSync, constants, openSync, readSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import type { TerminalExit } from '../../contract/terminal/terminal.ts'
import type { ProgramEvents } from '../../terminals/program.ts'
import { InputQueue } from './input-queue.ts'
import type { PtyBinding } from './native.ts'
import { OutputStage } from './output-stage.ts'

export interface PtySpec {
  file: string
  args: string[]
  env: Record<string, string>
  cwd: string
  cols: number
  rows: number
}

/**
 * libuv reads into this. It is copied from before the next read, so all terminals share it. A read of a PTY returns at
 * most 4095 bytes: with just this size a full one tells libuv to read on in the same turn, up to 32 times.
 */
const readBuffer = Buffer.allocUnsafeSlow(4095)
const stage = new OutputStage()
/** Read from one PTY in a turn of the event loop, so that a flood in one delays no other. */
const TURN_BYTES = 32_768
/** More than the kernel holds of one PTY's output: what came after that is not the program's own. */
const DRAIN_BYTES = 1_048_576

/**
 * One program in a PTY. Reads are driven by readiness, and bounded in each turn. The slave side is held open until the
 * exit is reported: without it the hang-up of a program that writes and leaves at once reads as the end of the file,
 * and the tail is lost.
 */
export class Pty {
  readonly pid: number
  private readonly binding: PtyBinding
  private readonly events: ProgramEvents
  private readonly fd: number
  private slave: number | undefined
  private readonly stream: ReadStream
  private flushing: NodeJS.Immediate | undefined
  private readonly input: InputQueue
  private isPaused = false
  /** It has had its share of this turn. */
  private isResting = false
  private isOver = false

  /** Starts the program. Throws when no PTY or process can be had. */
  constructor(binding: PtyBinding, spec: PtySpec, events: ProgramEvents) {
    this.binding = binding
    this.events = events
    const env = Object.entries(spec.env).map(([name, value]) => `${name}=${value}`)
    const { cols, rows } = spec
    const started = binding.fork(spec.file, spec.args, env, spec.cwd, cols, rows, -1, -1, true, '', (code, signal) => {
      this.programEnded(signal > 0 ? { code: 128 + signal, signal } : { code })
    })
    this.fd = started.fd
    this.pid = started.pid
    this.slave = openSync(started.pty, constants.O_RDWR | constants.O_NOCTTY)
    this.stream = new ReadStream(started.fd, { onread: { buffer: readBuffer, callback: this.read } })
    this.stream.on('error', events.failed)
    this.input = new InputQueue(started.fd, events.taken, events.failed)
    this.stream.resume()
  }

  /** Queues `bytes`, which must not change afterwards; `taken` tells when the PTY has them. */
  write(bytes: Uint8Array): void {
    if (!this.isOver) this.input.add(bytes)
  }

  /** Stops reading: the program waits once the kernel's buffer is full. */
  pause(): void {
    if (this.isPaused || this.isOver) return
    this.isPaused = true
    this.stream.pause()
  }

  resume(): void {
    if (!this.isPaused || this.isOver) return
    this.isPaused = false
    this.isResting = false
    this.stream.resume()
  }

  resize(cols: number, rows: number): void {
    if (!this.isOver) this.binding.resize(this.fd, cols, rows)
  }

  /** Hangs up, whether or not the program has ended: what still uses the terminal gets SIGHUP and errors. */
  destroy(): void {
    if (this.isOver) return
    // What was read already goes before the end: later there is nobody to take it.
    stage.flushFor(this.emit)
    this.isOver = true
    clearImmediate(this.flushing)
    this.input.dispose()
    if (this.slave !== undefined) closeSync(this.slave)
    this.slave = undefined
    this.stream.destroy()
  }

  private readonly read = (length: number, buffer: Uint8Array): boolean => {
    const gathered = stage.add(this.emit, buffer.subarray(0, length))
    this.flushing ??= setImmediate(this.flush)
    this.input.hurry()
    this.isResting = gathered >= TURN_BYTES
    return !this.isResting
  }

  private readonly emit = (bytes: Buffer): boolean => this.events.output(bytes)

  private readonly flush = (): void => {
    this.flushing = undefined
    stage.flushFor(this.emit)
    if (!this.isResting || this.isPaused || this.isOver) return
    this.isResting = false
    this.stream.resume()
  }

  private programEnded(exit: TerminalExit): void {
    if (!this.isOver) {
      this.stream.pause()
      this.drain()
      this.destroy()
    }
    this.events.exit(exit)
  }

  /** Reads what the kernel still holds. It moves all of that to the reader before it says EAGAIN (`n_tty_read`). */
  private drain(): void {
    const buffer = Buffer.allocUnsafe(16_384)
    for (let total = 0; total < DRAIN_BYTES; ) {
      let length = 0
      try {
        length = readSync(this.fd, buffer)
      } catch {
        // EAGAIN: nothing is left. EIO: and nobody can write any more.
      }
      if (length === 0) return
      stage.add(this.emit, buffer.subarray(0, length))
      total += length
    }
  }
}
