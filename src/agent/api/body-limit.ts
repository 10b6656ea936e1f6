import type { IncomingMessage } from 'node:http'

const MAX_BODY_BYTES = 1_048_576

/**
 * Whether the body of a request is at most 1 MiB. One whose length is not told is read here, no further than that, and left
 * for `@hono/node-server` as `rawBody`, which it takes in place of the stream.
 */
export async function hasBoundedBody(incoming: IncomingMessage): Promise<boolean> {
  const { headers } = incoming
  // Node's parser lets no more of a body through than its length says.
  if (headers['transfer-encoding'] === undefined) return Number(headers['content-length'] ?? 0) <= MAX_BODY_BYTES
  const parts: Buffer[] = []
  let bytes = 0
  // A request that is destroyed could not be answered.
  for await (const part of incoming.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(part)) continue
    bytes += part.length
    if (bytes > MAX_BODY_BYTES) return false
    parts.push(part)
  }
  Object.assign(incoming, { rawBody: Buffer.concat(parts) })
  return true
}
