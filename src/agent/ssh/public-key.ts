import type { PublicKey } from '../../contract/agent/ssh.ts'

/** Whether a key is whole, and says itself that it is what its line says: its first field is the type (RFC 4253, 6.6). */
export function isWholeKey(line: PublicKey): boolean {
  const [type = '', text = ''] = line.split(' ')
  const blob = Buffer.from(text, 'base64')
  // What the decoder passes over must not reach a file.
  if (blob.toString('base64') !== text) return false
  const [first, ...rest] = fieldsOf(blob) ?? []
  return first?.toString('latin1') === type && rest.length > 0
}

/** The strings, each after its length in four bytes, that a key is made of (RFC 4251, section 5). */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = []
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    fields.push(blob.subarray(at + 4, end))
    at = end
  }
  return fields
}
