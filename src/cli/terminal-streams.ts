import type { ReadStream, WriteStream } from 'node:tty'

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

export function say(stream: NodeJS.WritableStream, line: string): void {
  stream.write(`${line}\n`)
}
