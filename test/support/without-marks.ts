/** Output without what bash tells Berth of its commands and its folder (OSC 133 and 7): nothing of it is seen. */
export function withoutMarks(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are control sequences.
  return output.replace(/\u{1b}\](?:133|7);[^\u{7}]*\u{7}/gu, '')
}
