import type { TerminalState } from '../../../client/worker-client.ts'
import { isTerminal, say } from '../../terminal-streams.ts'
import type { ScreenModes } from './screen-modes.ts'

const LOST = 'Connection lost; trying again. What you type waits.'
const BACK = 'Connected again.'

/** Says once that the link broke, and once that it is back. */
export type LinkNotice = (state: TerminalState) => void

/** Calls one function when the link is lost, and the other when it is back. */
function onTurn(lost: () => void, back: () => void): LinkNotice {
  let isDown = false
  return ({ status }) => {
    if (status === 'reconnecting' && !isDown) lost()
    if (status !== 'reconnecting' && status !== 'connecting' && isDown) back()
    isDown = status === 'reconnecting'
  }
}

/** In lines, for a log or a person who reads nothing else there. */
export function lineNotice(stderr: NodeJS.WriteStream): LinkNotice {
  return onTurn(
    () => say(stderr, `ws: ${LOST}`),
    () => say(stderr, `ws: ${BACK}`),
  )
}

const ESC = '\u{1b}'
/**
 * The line below the cursor (made, where the cursor is on the last one), in reverse; the cursor, its colours and its column
 * are then as they were: IND, CUU, DECSC … DECRC.
 */
const BELOW_CURSOR = `${ESC}D${ESC}[A${ESC}7${ESC}[B\r${ESC}[2K`
const BACK_AT_CURSOR = `${ESC}8`
/** XTWINOPS: remembers the title, and brings it back. */
const KEEP_TITLE = `${ESC}[22;0t`
const OLD_TITLE = `${ESC}[23;0t`

/**
 * On the screen that a program writes to, in a way that leaves it whole: below the cursor, taken away when the link is back;
 * and in the title of the window where a full-screen program has every line.
 */
export function screenNotice(stderr: NodeJS.WriteStream, modes: Pick<ScreenModes, 'isAlternateScreen'>): LinkNotice {
  if (!isTerminal(stderr)) return lineNotice(stderr)
  let takeAway = ''
  return onTurn(
    () => {
      const text = LOST.slice(0, Math.max(0, (stderr.columns || 80) - 1))
      takeAway = modes.isAlternateScreen ? OLD_TITLE : `${BELOW_CURSOR}${BACK_AT_CURSOR}`
      stderr.write(
        modes.isAlternateScreen
          ? `${KEEP_TITLE}${ESC}]0;${LOST}\u{7}`
          : `${BELOW_CURSOR}${ESC}[0;7m${text}${BACK_AT_CURSOR}`,
      )
    },
    () => stderr.write(takeAway),
  )
}
