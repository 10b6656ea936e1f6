import type { Writable } from 'node:stream'
import { styleText } from 'node:util'

export type Style = 'green' | 'red' | 'yellow' | 'dim' | 'bold'

/** `text` in a style where `stream` is a terminal and the environment does not ask for none (NO_COLOR, no-color.org). */
export function styled(text: string, style: Style, stream: Writable): string {
  return styleText(style, text, { stream, validateStream: true })
}
