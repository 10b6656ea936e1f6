/**
 * `POST /api/v1/hand-over`: the runtime lets go of its port for another to take (204), and makes no terminal any more. It goes
 * on with those that run until the last has ended, and answers for them in its state folder, at a socket that is named
 * `<pid>-<start>` of its process (proc(5)) and `HAND_OVER_SOCKET`. What is shown there in place of the token is
 * HMAC-SHA256(token, `HAND_OVER_PREFIX` and the socket's name) in hexadecimal. Asked again, it answers the same.
 */
export const HAND_OVER_PATH = '/api/v1/hand-over'
export const HAND_OVER_SOCKET = '.older'
/** Keeps what is shown at the socket from being of use for anything else. */
export const HAND_OVER_PREFIX = 'berth-runtime-hand-over:'
/** So many older runtimes are in a workspace at once, beside the one that makes its terminals. */
export const MOST_OLDER_RUNTIMES = 4
