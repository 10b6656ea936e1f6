/** What terminals answer by themselves (xterm's control sequences; kitty's for its keys and images). */
const QUESTIONS = [
  // Who are you: ENQ, DECID, DA, XTVERSION.
  String.raw`\x05|\x1bZ|\x1b\[[>=]?0?c|\x1b\[>0?q`,
  // States, positions, modes, settings, parameters, checksums, keys, images.
  String.raw`\x1b\[(?:\??[\d;]*n|\??\d*\$p|[12]\$w|[01]?x|[\d;]*\*y|\?u|\?[\d;]+S)`,
  // Sizes and the title of the window.
  String.raw`\x1b\[(?:1[1345689]|2[01])(?:;\d+)?t`,
  // Colours and the clipboard.
  String.raw`\x1b\](?:4|5|1\d|21|52);(?:[^\x07\x1b]*[;=])?\?(?:;[^\x07\x1b]*)?(?:\x07|\x1b\\)`,
  // DECRQSS, XTGETTCAP; whether there are images.
  String.raw`\x1bP[\d;]*[$+]q[^\x1b]*\x1b\\|\x1b_G(?:[^\x1b;]*,)?a=q[^\x1b]*\x1b\\`,
]

/** How each of them begins, as far as the end of what has come. */
const BEGINNINGS = [
  String.raw`\x1b(?:\[[>=?]?[\d;]*[$*]?)?`,
  String.raw`\x1b\](?:\d{0,2}|(?:4|5|1\d|21|52);[^\x07\x1b]*\x1b?)`,
  String.raw`\x1bP[\d;]*(?:[$+](?:q[^\x1b]*\x1b?)?)?`,
  String.raw`\x1b_(?:G[^\x1b]*\x1b?)?`,
]

const QUESTION = new RegExp(QUESTIONS.join('|'), 'gu')
const BEGUN = new RegExp(`(?:${BEGINNINGS.join('|')})$`, 'u')
/** What goes on for longer is none of them: it carries something. */
const LONGEST_QUESTION = 1024

/**
 * Returns what leaves the questions out of output that comes in pieces, where they are answered elsewhere: this terminal would
 * type its answers into the program. Other output, and with it all text, stays as it is to the byte.
 */
export function withoutQuestions(): (output: Uint8Array, isAnswered: boolean) => Buffer {
  let begun = ''
  return (output, isAnswered) => {
    const text = begun + Buffer.from(output.buffer, output.byteOffset, output.byteLength).toString('latin1')
    begun = ''
    if (!isAnswered) return Buffer.from(text, 'latin1')
    const kept = text.replace(QUESTION, '')
    begun = BEGUN.exec(kept.slice(-LONGEST_QUESTION))?.[0] ?? ''
    return Buffer.from(kept.slice(0, kept.length - begun.length), 'latin1')
  }
}
