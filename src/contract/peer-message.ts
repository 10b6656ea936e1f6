import { z } from 'zod'

/** What oRPC's peers send each other, over whatever carries it: a request, a part of a stream, or the end of one. */
export const PeerMessage = z.object({
  i: z.union([z.string().max(64), z.number()]),
  t: z.union([z.literal(1), z.literal(3), z.literal(4)]).optional(),
  p: z.unknown().optional(),
})

/** The request in a message without a `t`, or with 1: its path, its headers, its method. */
export const PeerRequest = z.object({
  u: z.string().max(4096).startsWith('/'),
  h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  m: z.string().max(10).optional(),
})
