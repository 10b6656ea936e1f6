/**
 * What an emulator answers a program that asks it: device attributes, positions and states, modes, sizes, settings, colours.
 * Keys and pastes have other forms, but for F3 with a modifier, which is written like a position in the first line.
 */
const REPLY =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: replies begin with control characters.
  /^(?:\u{1b}\[[?>=]?[\d;]*(?:c|n|t|\$y)|\u{1b}\[\??(?!1;)\d+;\d+R|\u{1b}\[\??1;1R|\u{1b}P[^\u{1b}]*\u{1b}\\|\u{1b}\][^\u{7}\u{1b}]*(?:\u{7}|\u{1b}\\))+$/u

/** What an emulator reports of its window and its pointer to a program that wants to know (xterm: 1004; 1000 to 1003, SGR). */
const REPORT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with control characters.
  /^(?:\u{1b}\[[IO]|\u{1b}\[<[\d;]+[Mm]|\u{1b}\[M[\s\S]{3})+$/u

/** Whether the emulator reports something that changes by itself: later it is no use to anybody. */
export function isEmulatorReport(input: string): boolean {
  return REPORT.test(input)
}

/** Whether the emulator said this by itself, and nobody typed it. */
export function isEmulatorReply(input: string): boolean {
  return REPLY.test(input)
}
