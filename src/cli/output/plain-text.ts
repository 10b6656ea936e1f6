// Control characters, and those that turn the direction of what follows or end a line where none seems to end.
const MEANT_FOR_TERMINALS = /[\p{Cc}\u{61c}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}]/gu
const NOTHING_THERE = '\u{fffd}'

/** Text that others chose (a client's name, what a build printed) as one line, with nothing in it that a terminal would obey. */
export function plainText(text: string): string {
  return text.replaceAll(MEANT_FOR_TERMINALS, NOTHING_THERE)
}

const [ESC, BEL] = ['\u{1b}', '\u{7}']
/** What stays of text of several lines: their ends, tabs, and colours (SGR, without parameters of other meaning). */
const KEPT = String.raw`\n|\t|${ESC}\[[\d;:]{0,64}m`
/** Sequences that go as a whole, as far as they are written as they should be: CSI, and strings up to their end (ECMA-48, 5.4 and 5.6). */
const SEQUENCES = String.raw`\r(?=\n)|${ESC}\[[0-?]{0,64}[ -/]{0,8}[@-~]|${ESC}[\]PX^_][^${BEL}${ESC}]{0,4096}(?:${BEL}|${ESC}\\)`
const PART = new RegExp(`(${KEPT})|${SEQUENCES}|(\\r)|${MEANT_FOR_TERMINALS.source}`, 'gu')

/**
 * Text of several lines in which others may have had a say, with nothing in it that a terminal would obey but colours: those end with
 * it. What would be written over stands on a line of its own.
 */
export function harmlessText(text: string): string {
  const shown = text.replaceAll(PART, (part: string, kept?: string, lineStart?: string) => {
    if (kept !== undefined) return kept
    if (lineStart !== undefined) return '\n'
    return part.length > 1 || part === '\r' ? '' : NOTHING_THERE
  })
  return shown.includes(ESC) ? `${shown}${ESC}[0m` : shown
}
