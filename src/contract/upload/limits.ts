/** WebSocket subprotocol of the upload messages. */
export const UPLOAD_SUBPROTOCOL = 'berth.upload.1'
/** Largest file that is taken: 2 GiB. What is larger is for tools that go on where they were cut off. */
export const MOST_UPLOAD_BYTES = 2_147_483_648
/** Largest binary message: 64 KiB. */
export const UPLOAD_PIECE_BYTES = 65_536
/** What a client may have under way beyond what was `taken`: 1 MiB. */
export const UPLOAD_WINDOW_BYTES = 1_048_576
/** A client that sends nothing for this long while more is to come is let go. */
export const UPLOAD_SILENCE_MS = 60_000
