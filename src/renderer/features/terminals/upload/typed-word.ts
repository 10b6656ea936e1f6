import { shellQuote } from '../../../../domain/shell-quote.ts'

/** What no shell gives a meaning to, at the beginning of a word or within. */
const PLAIN = /^[A-Za-z0-9_/.,:@%+-]+$/
/** C0, DEL and C1: keys to a terminal, line breaks among them. */
const CONTROL = /\p{Cc}/u
const CONTROLS = /\p{Cc}/gu

/**
 * `text` as one word of a POSIX shell. Control characters are written out in `$'…'` (POSIX.1-2024; bash, zsh, ash): typed into
 * a terminal, they would act as keys.
 */
export function typedWord(text: string): string {
  if (PLAIN.test(text)) return text
  if (!CONTROL.test(text)) return shellQuote(text)
  return `$'${text.replace(/[\\']/g, '\\$&').replace(CONTROLS, octal)}'`
}

/** The bytes of a character, as `$'…'` writes them. */
function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
