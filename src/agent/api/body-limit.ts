import type { IncomingMessage } from 'node:http'

/** What a body may be of whoever has shown who he is, and of whoever comes to pair. */
export const MAX_CALL_BYTES = 1_048_576
export const MAX_PAIR_BYTES = 4_096

/**
 * Whether the body of a request is no larger than `mostBytes`. One whose length is not told is read here, no further than that, and left
 * for `@hono/node-server` as `rawBody`, which it takes in place of the stream.
 */
export async function hasBoundedBody(incoming: IncomingMessage, mostBytes: number): Promise<boolean> {
  const { headers } = incoming
  // Node's parser lets no more of a body through than its length says.
  if (headers['transfer-encoding'] === undefined) return Number(headers['content-length'] ?? 0) <= mostBytes
  const parts: Buffer[] = []
  let bytes = 0
  // A request that is destroyed could not be answered.
  for await (const part of incoming.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(part)) continue
    bytes += part.length
    if (bytes > mostBytes) return false
    parts.push(part)
  }
  Object.assign(incoming, { rawBody: Buffer.concat(parts) })
  return true
}
