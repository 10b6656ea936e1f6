import type { ReadStream, WriteStream } from 'node:tty'
import { harmlessText } from './output/plain-text.ts'

/** Where a command reads and writes. */
export interface Streams {
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
}

/** Whether a person sits at both ends. */
export function isInteractive(streams: Streams): boolean {
  return isTerminal(streams.stdin) && isTerminal(streams.stdout)
}

export function isTerminal(stream: Pick<ReadStream | WriteStream, 'isTTY'>): boolean {
  return stream.isTTY
}

/**
 * Prints a line, or several. Whatever others had a say in of it, a terminal obeys nothing of that but colours. All that a command prints goes
 * through here or through `sayLog`, but for the bytes of a shell. False where the stream wants to be waited for.
 */
export function say(stream: NodeJS.WritableStream, line: string): boolean {
  return stream.write(`${harmlessText(line)}\n`)
}

/** Prints lines that programs wrote: as they are into a file or a pipe, and as `say` on a terminal. */
export function sayLog(stream: NodeJS.WriteStream, text: string): boolean {
  return isTerminal(stream) ? say(stream, text) : stream.write(`${text}\n`)
}
