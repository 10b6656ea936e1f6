import { createHmac, createPrivateKey, createPublicKey } from 'node:crypto'
import { z } from 'zod'

const TYPE = 'ssh-ed25519'
/** Everything of a PKCS#8 Ed25519 private key before its 32 bytes (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const BLOCK_BYTES = 8
const LINE_LENGTH = 70

/** The key pair that the SSH server of a workspace proves itself with. */
export interface SshHostKey {
  /** As sshd reads it: a file of OpenSSH's own format, without a passphrase. */
  privateKey: string
  /** As `known_hosts` holds it: `ssh-ed25519 AAAA…`. */
  publicKey: string
}

/**
 * The host key of a workspace, derived from the agent's secret as the token of its runtime is: the same after every
 * stop, rebuild and restart, another for each workspace, and nowhere to be lost or copied along with a home.
 */
export function sshHostKeyOf(secret: Uint8Array, workspaceId: string): SshHostKey {
  const seed = createHmac('sha256', secret).update(`ssh-host-key:${workspaceId}`).digest()
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' })
  const { x } = z.object({ x: z.string() }).parse(createPublicKey(key).export({ format: 'jwk' }))
  const point = Buffer.from(x, 'base64url')
  const blob = Buffer.concat([field(TYPE), field(point)])
  return { privateKey: privateFile({ seed, point, blob }), publicKey: `${TYPE} ${blob.toString('base64')}` }
}

/** The format `openssh-key-v1`, unencrypted (PROTOCOL.key of OpenSSH). */
function privateFile({ seed, point, blob }: { seed: Buffer; point: Buffer; blob: Buffer }): string {
  // Two equal numbers, by which a reader sees that it has decrypted the rest well. Any will do.
  const check = seed.subarray(0, 4).map((byte) => byte ^ 0xff)
  const secrets = [check, check, field(TYPE), field(point), field(Buffer.concat([seed, point])), field('')]
  const size = secrets.reduce((sum, { length }) => sum + length, 0)
  const padding = Buffer.from(
    Array.from({ length: (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES }, (_, n) => n + 1),
  )
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[field('none'), field('none'), field(''), Buffer.from([0, 0, 0, 1]), field(blob)],
    field(Buffer.concat([...secrets, padding])),
  ])
  const lines = whole.toString('base64').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? []
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

/** A string of SSH: its length in four bytes, then itself (RFC 4251, section 5). */
function field(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
