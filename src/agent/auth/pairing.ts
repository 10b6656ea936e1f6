import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

/** Letters and digits that nobody takes for one another: no 0 and O, 1, I and L, U and V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_LENGTH = 8
const LIFETIME_MS = 300_000
const TRIES = 5

export type Redemption = 'redeemed' | 'wrong' | 'exhausted' | 'none'

/** One-time codes that a client trades for its token: one at a time, short-lived, with few tries. */
export interface Pairing {
  /** A new code, as people read it (`KF7M-2QXD`); the one before is void. */
  issue(): { code: string; expiresAt: string }
  /** Spends the code. Its case, spaces and dashes do not matter. */
  redeem(code: string): Redemption
}

export function createPairing(now: () => number = Date.now): Pairing {
  let open: { digest: Buffer; expiresAt: number; triesLeft: number } | undefined

  return {
    issue: () => {
      const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
      const expiresAt = now() + LIFETIME_MS
      open = { digest: digest(letters), expiresAt, triesLeft: TRIES }
      const half = CODE_LENGTH / 2
      return { code: `${letters.slice(0, half)}-${letters.slice(half)}`, expiresAt: new Date(expiresAt).toISOString() }
    },
    redeem: (code) => {
      if (open === undefined || now() >= open.expiresAt) {
        open = undefined
        return 'none'
      }
      if (timingSafeEqual(digest(code.toUpperCase().replace(/[\s-]/g, '')), open.digest)) {
        open = undefined
        return 'redeemed'
      }
      open.triesLeft -= 1
      if (open.triesLeft > 0) return 'wrong'
      open = undefined
      return 'exhausted'
    },
  }
}

function digest(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
