const ESCAPE = '\u001b'
const BELL = '\u0007'
/** Sequences that a terminal obeys (ECMA-48): CSI, OSC up to its end, two-character escapes. */
const SEQUENCES = new RegExp(
  [
    `${ESCAPE}\\[[0-?]*[ -/]*[@-~]`,
    `${ESCAPE}\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)`,
    `${ESCAPE}[@-Z\\\\-_]`,
  ].join('|'),
  'g',
)
/** What is left of controls; a tab stays. */
const CONTROLS = /(?!\t)\p{Cc}/gu

/** A line of a log as text: without colours and other sequences that only a terminal understands. */
export function plainLine(text: string): string {
  const plain = text.replace(SEQUENCES, '').replace(/\r+$/, '')
  // What a progress bar wrote over itself is not read: its last state stands.
  return plain.slice(plain.lastIndexOf('\r') + 1).replace(CONTROLS, '')
}
