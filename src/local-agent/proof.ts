import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AgentPlace } from './place.ts'

/** Headers of a WebSocket's handshake: what a client asks of the agent, and the agent's answer. */
export const CHALLENGE_HEADER = 'berth-challenge'
export const PROOF_HEADER = 'berth-proof'

const CHALLENGE = /^[0-9a-f]{64}$/

export function newChallenge(): string {
  return randomBytes(32).toString('hex')
}

/**
 * That an agent which listens at `path` knows `secret`: true of this challenge, and of no other place, so that nobody can have another
 * agent answer for him. Undefined for what is no challenge.
 */
export function proofOf({ path, secret }: Required<AgentPlace>, challenge: unknown): string | undefined {
  if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) return undefined
  return createHmac('sha256', secret).update(`proof:${challenge}:${path}`).digest('hex')
}

/** Whether `proof` answers the challenge. */
export function isProof(
  place: Required<AgentPlace>,
  { challenge, proof }: { challenge: string; proof: unknown },
): boolean {
  const expected = proofOf(place, challenge)
  if (expected === undefined || typeof proof !== 'string' || proof.length !== expected.length) return false
  return timingSafeEqual(Buffer.from(proof), Buffer.from(expected))
}
