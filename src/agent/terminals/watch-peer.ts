import type { Clock } from '../../client/clock.ts'

/** Looks in a silence: that often, it is asked whether the peer is there. */
const LOOKS = 4

export interface PeerWatch {
  /** Something of the peer came. */
  heard(): void
  stop(): void
}

export interface WatchPeerOptions {
  clock: Clock
  /** A peer that is silent for this long, however often it is asked, is gone. Milliseconds. */
  silenceMs: number
  /** Asks; a peer that is there answers. */
  ask(): void
  /** Whether nothing of the peer is read just now: then its silence means nothing. */
  isDeaf(): boolean
  /** Called once, at most `silenceMs` after the peer was last there. */
  gone(): void
}

/** Finds out that a peer has gone without a word, whether or not anything is sent to it. */
export function watchPeer({ clock, silenceMs, ask, isDeaf, gone }: WatchPeerOptions): PeerWatch {
  const lookMs = silenceMs / LOOKS
  let lastHeard = clock.now()
  let lastLook = lastHeard
  let cancel: () => void = () => undefined
  const look = (): void => {
    const now = clock.now()
    // This computer slept or was too busy, or its clock was set: what the peer said may still be unread.
    const isTimeLost = now < lastLook || now - lastLook > 2 * lookMs
    lastLook = now
    if (isTimeLost || isDeaf()) lastHeard = now
    if (now - lastHeard > silenceMs - lookMs) {
      gone()
      return
    }
    ask()
    cancel = clock.schedule(look, lookMs)
  }
  cancel = clock.schedule(look, lookMs)
  return {
    heard: () => {
      lastHeard = clock.now()
    },
    stop: () => cancel(),
  }
}
