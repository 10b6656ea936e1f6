// Control characters, and those that turn the direction of what follows.
const MEANT_FOR_TERMINALS = /[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu

/** Text that others chose (a client's name, what a build printed), with nothing in it that a terminal would obey. */
export function plainText(text: string): string {
  return text.replaceAll(MEANT_FOR_TERMINALS, '\u{fffd}')
}
