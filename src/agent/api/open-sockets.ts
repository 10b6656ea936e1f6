import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE, MOST_PER_CLIENT } from '../../contract/terminal/limits.ts'
import type { Identity } from '../auth/identity.ts'

/** What ends at the word of the agent: a socket, or a call that is being answered. */
export type Open = Pick<FrameSocket, 'close'>

/** The sockets and HTTP calls that are open, by who opened them. */
export interface OpenSockets {
  /** Remembers one until the returned function is called; `undefined` when its client has too many. */
  add(identity: Identity, open: Open): (() => void) | undefined
  /** Closes all that `client` has open. */
  closeOf(client: string, code: number): void
  closeAll(code: number): void
}

/** A timer goes by another clock than a token: it stands still while the computer sleeps, and the time may be set. */
const LOOK_AGAIN_MS = 30_000

/** Closes `open` once the token it came with has expired; the result ends the watch. */
function closeAt(expiresAt: number, open: Open): () => void {
  let timer: NodeJS.Timeout
  const wait = (): void => {
    const left = expiresAt - Date.now()
    if (left <= 0) open.close(CLOSE.unauthorized, 'The token has expired.')
    else timer = setTimeout(wait, Math.min(left, LOOK_AGAIN_MS)).unref()
  }
  wait()
  return () => clearTimeout(timer)
}

export function createOpenSockets(): OpenSockets {
  const sockets = new Map<string, Set<Open>>()
  const close = (id: string, code: number): void => {
    for (const open of [...(sockets.get(id) ?? [])]) open.close(code)
  }
  return {
    add: (identity, open) => {
      const own = sockets.get(identity.id) ?? new Set()
      if (own.size >= MOST_PER_CLIENT && identity.kind !== 'local') return undefined
      sockets.set(identity.id, own.add(open))
      const expiresAt = 'expiresAt' in identity ? identity.expiresAt : undefined
      const endWatch = expiresAt === undefined ? undefined : closeAt(expiresAt, open)
      return () => {
        endWatch?.()
        own.delete(open)
        if (own.size === 0 && sockets.get(identity.id) === own) sockets.delete(identity.id)
      }
    },
    closeOf: close,
    closeAll: (code) => {
      for (const id of [...sockets.keys()]) close(id, code)
    },
  }
}
