import { say } from '../terminal-streams.ts'

/** What JSON may hold as it is, and a terminal may obey all the same. */
const OBEYED = /[\u{7f}-\u{9f}\u{61c}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}]/gu

/** Prints what a program asked for with `--json`. */
export function sayJson(stream: NodeJS.WritableStream, value: unknown): void {
  say(stream, escaped(JSON.stringify(value, undefined, 2)))
}

/** The same on one line, for programs that read values as they come. False where the stream wants to be waited for. */
export function sayJsonLine(stream: NodeJS.WritableStream, value: unknown): boolean {
  return say(stream, escaped(JSON.stringify(value)))
}

function escaped(json: string): string {
  return json.replaceAll(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
