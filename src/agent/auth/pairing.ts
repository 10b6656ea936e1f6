import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { Scope } from '../../contract/agent/clients.ts'

/** Letters and digits that nobody takes for one another: no 0 and O, 1, I and L, U and V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_LENGTH = 8
const LIFETIME_MS = 300_000
/** Wrong tries from one address, and of all: of 29^8 codes, none is found by so few. */
const TRIES = 5
const TRIES_IN_ALL = 100

/**
 * What came of a try; `scope`: what the code was issued for. `exhausted`: its sender has no tries left, whatever the code;
 * `void`: nobody has.
 */
export type Redemption = { outcome: 'redeemed'; scope: Scope } | { outcome: 'wrong' | 'exhausted' | 'void' | 'none' }

/** One-time codes that a client trades for its token: one at a time, short-lived, with few tries for each address. */
export interface Pairing {
  /** A new code, as people read it (`KF7M-2QXD`), for a token of `scope`; the one before is void. */
  issue(scope: Scope): { code: string; expiresAt: string; lifetimeMs: number }
  /**
   * Spends the code, tried from `address`. Its case, spaces and dashes do not matter. Whoever issued it is told, once, that it
   * is guessed at.
   */
  redeem(code: string, address: string): Redemption
}

export interface PairingOptions {
  now?: () => number
  /** Called when a code has had as many wrong tries as one address may make. */
  guessed(): void
}

interface OpenCode {
  digest: Buffer
  scope: Scope
  expiresAt: number
  /** Wrong tries by address, so that who guesses spends no tries but his own. */
  wrong: Map<string, number>
  wrongInAll: number
}

export function createPairing({ now = Date.now, guessed }: PairingOptions): Pairing {
  let open: OpenCode | undefined

  return {
    issue: (scope) => {
      const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
      const expiresAt = now() + LIFETIME_MS
      open = { digest: digest(letters), scope, expiresAt, wrong: new Map(), wrongInAll: 0 }
      const half = CODE_LENGTH / 2
      const code = `${letters.slice(0, half)}-${letters.slice(half)}`
      return { code, expiresAt: new Date(expiresAt).toISOString(), lifetimeMs: LIFETIME_MS }
    },
    redeem: (code, address) => {
      if (open === undefined || now() >= open.expiresAt) {
        open = undefined
        return { outcome: 'none' }
      }
      const wrong = open.wrong.get(address) ?? 0
      if (wrong >= TRIES) return { outcome: 'exhausted' }
      if (timingSafeEqual(digest(code.toUpperCase().replace(/[\s-]/g, '')), open.digest)) {
        const { scope } = open
        open = undefined
        return { outcome: 'redeemed', scope }
      }
      open.wrong.set(address, wrong + 1)
      open.wrongInAll += 1
      if (open.wrongInAll === TRIES) guessed()
      if (open.wrongInAll < TRIES_IN_ALL) return { outcome: 'wrong' }
      open = undefined
      return { outcome: 'void' }
    },
  }
}

function digest(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
