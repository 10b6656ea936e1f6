import { z } from 'zod'

/** What oRPC's peer messages look like on the wire, as a worker sends them: an answer, a part of a stream, or the end of one. */
const Message = z.object({ i: z.union([z.string(), z.number()]), t: z.unknown().optional(), p: z.unknown().optional() })
const Answer = z.object({
  s: z.number().int().min(200).max(599).optional(),
  h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
})
const Part = z.object({ e: z.enum(['message', 'error', 'done']) })

const STREAM_PART = 3
const ABORT = 4

/**
 * Whether oRPC can read a message. It reads in a promise of its own that nobody waits for, so that what it cannot read would
 * be the end of a process that ends by such failures. Files and forms, which no call of ours answers with, count as unreadable.
 */
export function isAnswerMessage(data: string | Uint8Array): data is string {
  if (typeof data !== 'string') return false
  const message = Message.safeParse(parseJson(data))
  if (!message.success) return false
  const { t: type, p: payload } = message.data
  if (type === ABORT) return true
  if (type === STREAM_PART) return Part.safeParse(payload).success
  const answer = Answer.safeParse(payload)
  return answer.success && hasPlainBody(answer.data.h ?? {})
}

function hasPlainBody(headers: Record<string, string | string[]>): boolean {
  const type = [headers['content-type'] ?? ''].flat().join(', ')
  return headers['content-disposition'] === undefined && !/^(multipart\/|application\/x-www-form)/.test(type)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
