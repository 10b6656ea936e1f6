import { z } from 'zod'
import { ErrorCode } from '../errors.ts'
import { TerminalId } from '../terminal/terminal.ts'

const Bytes = z.number().int().nonnegative()

/** The one text message of a client, and its first; the bytes of the file follow. */
export const UploadRequest = z.strictObject({
  type: z.literal('upload'),
  /** What the file is called where it comes from; only a hint, made harmless where it is written. */
  name: z.string().min(1).max(1024),
  size: Bytes,
  /** The terminal that it was dropped on: it goes where that one is at work. */
  terminal: TerminalId.optional(),
})
export type UploadRequest = z.infer<typeof UploadRequest>

/** What the workspace's side says. The last message is `done` or `error`. */
export const UploadAnswer = z.discriminatedUnion('type', [
  /** Bytes may be sent. */
  z.object({ type: z.literal('ready') }),
  /** So much of it has been written. */
  z.object({ type: z.literal('taken'), offset: Bytes }),
  /** It is there, whole, at this path of the workspace. */
  z.object({ type: z.literal('done'), path: z.string() }),
  z.object({ type: z.literal('error'), code: ErrorCode, message: z.string(), hint: z.string().optional() }),
])
export type UploadAnswer = z.infer<typeof UploadAnswer>
