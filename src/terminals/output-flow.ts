import { OUTPUT_WINDOW_BYTES } from '../contract/terminal/limits.ts'

/**
 * How far output has come on its way to one client, as offsets since the terminal began: `acked` ≤ `sent` ≤ what was
 * produced. At most `OUTPUT_WINDOW_BYTES` lie between `acked` and `sent`.
 */
export interface OutputFlow {
  readonly sent: number
  readonly acked: number
}

/** A client that has seen all before `offset`. */
export function flowFrom(offset: number): OutputFlow {
  return { sent: offset, acked: offset }
}

/** Bytes that may be sent now, of those produced so far. */
export function sendableBytes(flow: OutputFlow, produced: number): number {
  return Math.max(0, Math.min(produced, flow.acked + OUTPUT_WINDOW_BYTES) - flow.sent)
}

export function afterSend(flow: OutputFlow, length: number): OutputFlow {
  return { ...flow, sent: flow.sent + length }
}

/** Takes an `ack`; an old one changes nothing. Nothing is returned for one that is beyond what was sent. */
export function afterAck(flow: OutputFlow, offset: number): OutputFlow | undefined {
  if (offset > flow.sent) return undefined
  return offset > flow.acked ? { ...flow, acked: offset } : flow
}

/** Whether all waits for this client: its window is full. */
export function isStalled(flow: OutputFlow): boolean {
  return flow.sent - flow.acked >= OUTPUT_WINDOW_BYTES
}

/** Whether the program has to wait for this client. */
export function holdsBack(flow: OutputFlow, produced: number): boolean {
  return produced - flow.acked >= OUTPUT_WINDOW_BYTES
}
