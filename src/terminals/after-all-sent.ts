/** Tells the answer to the last ping from those to earlier ones. */
const LAST_PING = 'last'

/** They are on their way at once: no peer is slow enough to be waited for. */
const FEW_BYTES = 65_536

/** What is used of a WebSocket of `ws`. */
interface Pinging {
  readonly readyState: number
  readonly OPEN: number
  ping(data: string): void
  on(event: 'pong', listener: (data: Buffer) => void): unknown
  off(event: 'pong', listener: (data: Buffer) => void): unknown
}

/**
 * Calls `act` once the peer has all of the `sentBytes` that were sent to it: it answers what is asked behind them. At once where they
 * are few; never where the socket closes before.
 */
export function afterAllSent(socket: Pinging, sentBytes: number, act: () => void): void {
  if (sentBytes <= FEW_BYTES || socket.readyState !== socket.OPEN) {
    act()
    return
  }
  const answered = (data: Buffer): void => {
    if (data.toString('latin1') !== LAST_PING) return
    socket.off('pong', answered)
    act()
  }
  socket.on('pong', answered)
  socket.ping(LAST_PING)
}
