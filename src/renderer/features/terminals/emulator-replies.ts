/**
 * What an emulator answers a program that asks it: device attributes, positions and states, modes, sizes, settings, colours.
 * Keys and pastes have other forms, but for F3 with a modifier, which is written like a position in the first line.
 */
const REPLY =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: replies begin with control characters.
  /^(?:\u{1b}\[[?>=]?[\d;]*(?:c|n|t|\$y)|\u{1b}\[\??(?!1;)\d+;\d+R|\u{1b}\[\??1;1R|\u{1b}P[^\u{1b}]*\u{1b}\\|\u{1b}\][^\u{7}\u{1b}]*(?:\u{7}|\u{1b}\\))+$/u

/** Whether the emulator said this by itself, and nobody typed it. */
export function isEmulatorReply(input: string): boolean {
  return REPLY.test(input)
}
