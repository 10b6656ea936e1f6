import { CLOSE } from '../contract/terminal/limits.ts'

/** Tells the answer to the last ping from those to earlier ones. */
const LAST_PING = 'last'

/** They are on their way at once: no peer is slow enough to be waited for. */
const FEW_BYTES = 65_536

/** Closes behind what somebody may still read. Whoever is closed by another code is owed nothing. */
const OWING: readonly number[] = [CLOSE.exited, CLOSE.stopped]
/** The largest screen over a link on which nobody would look at it. */
const OWED_WAIT_MS = 60_000

/** What is used of a WebSocket of `ws`. */
interface Pinging {
  readonly readyState: number
  readonly OPEN: number
  ping(data: string): void
  on(event: 'pong', listener: (data: Buffer) => void): unknown
  off(event: 'pong', listener: (data: Buffer) => void): unknown
  once(event: 'close', listener: () => void): unknown
}

/**
 * Calls `act`, which closes by `code`, once the peer has all of the `sentBytes` that were sent to it: it answers what is asked behind
 * them. At once where they are few or the code owes them to nobody, after a minute in any case, and never where the socket closes before.
 * The result calls it without waiting further.
 */
export function afterAllSent(
  socket: Pinging,
  { code, sentBytes }: { code: number; sentBytes: number },
  act: () => void,
): () => void {
  if (sentBytes <= FEW_BYTES || !OWING.includes(code) || socket.readyState !== socket.OPEN) {
    act()
    return () => undefined
  }
  let isWaiting = true
  const end = (): void => {
    isWaiting = false
    clearTimeout(timer)
    socket.off('pong', answered)
  }
  const finish = (): void => {
    if (!isWaiting) return
    end()
    act()
  }
  const answered = (data: Buffer): void => {
    if (data.toString('latin1') === LAST_PING) finish()
  }
  const timer = setTimeout(finish, OWED_WAIT_MS)
  socket.on('pong', answered)
  socket.once('close', end)
  socket.ping(LAST_PING)
  return finish
}
