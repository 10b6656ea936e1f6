import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { Scope } from '../../contract/agent/clients.ts'

/** Letters and digits that nobody takes for one another: no 0 and O, 1, I and L, U and V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_LENGTH = 8
const LIFETIME_MS = 300_000
const TRIES = 5

/** What came of a try; `scope`: what the code was issued for. */
export type Redemption = { outcome: 'redeemed'; scope: Scope } | { outcome: 'wrong' | 'exhausted' | 'none' }

/** One-time codes that a client trades for its token: one at a time, short-lived, with few tries. */
export interface Pairing {
  /** A new code, as people read it (`KF7M-2QXD`), for a token of `scope`; the one before is void. */
  issue(scope: Scope): { code: string; expiresAt: string; lifetimeMs: number }
  /** Spends the code. Its case, spaces and dashes do not matter. */
  redeem(code: string): Redemption
}

export function createPairing(now: () => number = Date.now): Pairing {
  let open: { digest: Buffer; scope: Scope; expiresAt: number; triesLeft: number } | undefined

  return {
    issue: (scope) => {
      const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
      const expiresAt = now() + LIFETIME_MS
      open = { digest: digest(letters), scope, expiresAt, triesLeft: TRIES }
      const half = CODE_LENGTH / 2
      const code = `${letters.slice(0, half)}-${letters.slice(half)}`
      return { code, expiresAt: new Date(expiresAt).toISOString(), lifetimeMs: LIFETIME_MS }
    },
    redeem: (code) => {
      if (open === undefined || now() >= open.expiresAt) {
        open = undefined
        return { outcome: 'none' }
      }
      if (timingSafeEqual(digest(code.toUpperCase().replace(/[\s-]/g, '')), open.digest)) {
        const { scope } = open
        open = undefined
        return { outcome: 'redeemed', scope }
      }
      open.triesLeft -= 1
      if (open.triesLeft > 0) return { outcome: 'wrong' }
      open = undefined
      return { outcome: 'exhausted' }
    },
  }
}

function digest(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
