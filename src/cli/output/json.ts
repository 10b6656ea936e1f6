import { say } from '../terminal-streams.ts'

/** Prints what a program asked for with `--json`. */
export function sayJson(stream: NodeJS.WritableStream, value: unknown): void {
  say(stream, JSON.stringify(value, undefined, 2))
}
