import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { IDENTITY_PROOF_PREFIX, RuntimeIdentity } from '../../contract/runtime/api.ts'
import type { RuntimeEndpoint } from '../services.ts'
import { callRuntime } from './runtime-http.ts'

/**
 * Whether what listens there knows the token of this runtime: asked with a challenge, for whoever else listens must not
 * be shown the token. Throws as `callRuntime`.
 */
export async function provesItself({ host, port, token }: RuntimeEndpoint, signal: AbortSignal): Promise<boolean> {
  const nonce = randomBytes(16).toString('hex')
  const path = `/api/v1/identity?nonce=${nonce}`
  const call = { endpoint: { host, port }, method: 'GET', path, signal } as const
  const { proof } = await callRuntime({ ...call, schema: RuntimeIdentity })
  const expected = createHmac('sha256', token).update(`${IDENTITY_PROOF_PREFIX}${nonce}`).digest()
  const given = Buffer.from(proof, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
