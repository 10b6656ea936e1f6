import { MAX_INPUT_MESSAGE_BYTES } from '../../contract/terminal/limits.ts'

/** Input under way without an `inputAck`: the rest waits here, not in the network's buffers. */
const INPUT_WINDOW_BYTES = 262_144

/**
 * Input by its offset: kept until the terminal took it, sent again only from where the terminal says it is. So no key is
 * lost or typed twice, whatever happens to the connection.
 */
export interface InputQueue {
  /** Bytes written that the terminal has not taken. */
  readonly heldBytes: number
  /** Copies `bytes` to the end. */
  push(bytes: Uint8Array): void
  /** The next message to send; `undefined` when there is none or enough is under way. */
  next(): Uint8Array | undefined
  /** The terminal took everything before `offset`. False when it cannot have: the peer errs. */
  acknowledge(offset: number): boolean
  /**
   * A new connection: the terminal has everything before `offset` and nothing after. Where that is less than it took before,
   * another holder counts anew: what was taken stays so, and what was under way waits to be sent again. False when the terminal
   * cannot have so much.
   */
  resumeAt(offset: number): boolean
  /** Gives back what waits to be sent, which is then not sent: the caller's again. */
  takeBack(): Uint8Array
}

export function createInputQueue(): InputQueue {
  let chunks: { start: number; bytes: Uint8Array }[] = []
  let taken = 0
  let sent = 0
  let total = 0
  /** Where the holder of the terminal began to count. */
  let base = 0

  const acknowledge = (offset: number): boolean => {
    const end = base + offset
    if (end > sent) return false
    taken = Math.max(taken, end)
    chunks = chunks.filter((chunk) => chunk.start + chunk.bytes.byteLength > taken)
    return true
  }

  return {
    get heldBytes() {
      return total - taken
    },
    push: (bytes) => {
      if (bytes.byteLength === 0) return
      chunks.push({ start: total, bytes: new Uint8Array(bytes) })
      total += bytes.byteLength
    },
    next: () => {
      const size = Math.min(total - sent, MAX_INPUT_MESSAGE_BYTES, taken + INPUT_WINDOW_BYTES - sent)
      if (size <= 0) return undefined
      const message = gather(chunks, { from: sent, size })
      sent += size
      return message
    },
    acknowledge,
    resumeAt: (offset) => {
      if (base + offset < taken) base = taken - offset
      if (!acknowledge(offset)) return false
      sent = taken
      return true
    },
    takeBack: () => {
      const unsent = gather(chunks, { from: sent, size: total - sent })
      chunks = chunks.filter(({ start }) => start < sent)
      const last = chunks.at(-1)
      if (last !== undefined) last.bytes = last.bytes.subarray(0, sent - last.start)
      total = sent
      return unsent
    },
  }
}

function gather(
  chunks: readonly { start: number; bytes: Uint8Array }[],
  { from, size }: { from: number; size: number },
): Uint8Array {
  const message = new Uint8Array(size)
  for (const { start, bytes } of chunks) {
    const first = Math.max(from, start)
    const end = Math.min(from + size, start + bytes.byteLength)
    if (first < end) message.set(bytes.subarray(first - start, end - start), first - from)
  }
  return message
}
