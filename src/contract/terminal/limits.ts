/** WebSocket subprotocol of the terminal messages, and the prefix of the one that carries a token beside it. */
export const TERMINAL_SUBPROTOCOL = 'berth.terminal.1'
export const TOKEN_SUBPROTOCOL_PREFIX = 'berth.token.'
/** Subprotocol that a browser offers beside its token on `/rpc`, so that the server has one to accept. */
export const RPC_SUBPROTOCOL = 'berth.rpc.1'

/** Largest binary message from a client: 64 KiB. */
export const MAX_INPUT_MESSAGE_BYTES = 65_536
/**
 * Largest message that is taken from a client on any socket, and largest of either side on terminal sockets: 1 MiB. The
 * answer to a call may be larger: that of `exec` holds up to 2 MiB of output, which JSON can write six times as long.
 */
export const MAX_FRAME_BYTES = 1_048_576
/** Input that a client may have under way without an `inputAck`: 1 MiB. One that sends far beyond it is closed. */
export const INPUT_WINDOW_BYTES = 1_048_576
/** Output that may be under way without an `ack`: 1 MiB. */
export const OUTPUT_WINDOW_BYTES = 1_048_576
/** A client acknowledges at least each time it has parsed this much: 128 KiB. */
export const ACK_EVERY_BYTES = 131_072
/** Output kept for replay, per terminal: 8 MiB. */
export const RING_BYTES = 8_388_608
/** A client that has seen nothing gets all output as it was up to this much, and else a screen: 256 KiB. */
export const PLAIN_REPLAY_BYTES = 262_144
/** A client that acknowledges nothing for this long while output waits for it is detached. */
export const STALLED_CLIENT_MS = 10_000

/** A terminal has at most so many columns, and so many rows. */
export const MAX_SIDE_CELLS = 1000
/** Clients that one terminal has at once; another is refused. */
export const MAX_CLIENTS = 16

/**
 * Sockets and HTTP calls that one client may have open on an agent: a screen has one socket for its calls and one for each terminal; a
 * program has a call for each thing that it does at once.
 */
export const MOST_PER_CLIENT = 128

/** Close codes of the terminal sockets. */
export const CLOSE = {
  exited: 1000,
  stopped: 1001,
  /** What was sent is not the protocol, or is more than it allows; an `error` message said what. */
  refused: 1008,
  failed: 1011,
  /** Who was asked goes away; another attempt is welcome ("service restart"). */
  tryAgain: 1012,
  unauthorized: 4001,
  notFound: 4004,
  /** The client did not keep up and was let go; it may attach again. */
  stalled: 4008,
  /** The worker speaks another protocol; the reason says which side to update. */
  incompatible: 4006,
  /** The same client has attached by another connection, which is the one that counts now. */
  replaced: 4009,
} as const
