/** Why a paste is asked about: it holds characters that act like keys, or line breaks that run what stands before them. */
export type PasteDanger = 'control' | 'lines'

/** All of C0, C1 and DEL but what text is made of. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu
/** The end of a bracketed paste: CSI as two characters, and as the one of C1. */
const PASTE_ENDS = ['\u001b[201~', '\u009b201~']

/**
 * What is dangerous about pasting `text`. A program that asked for bracketed paste takes lines as text; control characters
 * are keys even there, since the kernel turns some of them into signals before the program reads.
 */
export function dangersOf(text: string, { isBracketed, minds }: { isBracketed: boolean; minds: 'lines' | 'nothing' }) {
  const dangers: PasteDanger[] = []
  if (text.search(CONTROL) >= 0) dangers.push('control')
  if (!isBracketed && minds === 'lines' && /[\r\n]/.test(text)) dangers.push('lines')
  return dangers
}

/** The input that pastes `text`: Enter for line breaks, in brackets where the program asked, which the text cannot end. */
export function pasteInput(text: string, isBracketed: boolean): string {
  const keys = text.replace(/\r?\n/g, '\r')
  return isBracketed ? `\u001b[200~${withoutPasteEnd(keys)}\u001b[201~` : keys
}

function withoutPasteEnd(text: string): string {
  let left = text
  // Taking one out may put the halves of another together.
  while (PASTE_ENDS.some((end) => left.includes(end))) {
    for (const end of PASTE_ENDS) left = left.replaceAll(end, '')
  }
  return left
}

/** The same words in one line without control characters: nothing in it runs by itself. */
export function asOneLine(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(CONTROL, '')
    .trim()
}

/** `text` with control characters written out (`\e`, `\x03`), to be looked at: at most `limit` characters of it. */
export function shownPaste(text: string, limit: number): { shown: string; restCharacters: number } {
  const cut = text.slice(0, limit).replace(/\r\n?/g, '\n')
  const shown = cut.replace(CONTROL, (character) =>
    character === '\u001b' ? '\\e' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return { shown, restCharacters: Math.max(0, text.length - limit) }
}
