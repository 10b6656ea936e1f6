import { ACK_EVERY_BYTES } from '../../contract/terminal/limits.ts'

/** A part of what arrived. `end` is the offset after it; absent for bytes of a snapshot, which have no offsets. */
export interface OutputPart {
  bytes: Uint8Array
  end: number | undefined
}

/** Where the output of a terminal stands on this side: delivered, parsed, acknowledged. */
export interface OutputCursor {
  /** What to ask for in `attach`: everything before it was delivered. Absent before the first attach. */
  readonly after: number | undefined
  /** Delivered bytes that are not parsed yet. */
  readonly backlogBytes: number
  /** A connection begins at `offset`, after a snapshot. Returns the bytes between, which cannot be had any more. */
  attached(start: { offset: number; snapshotBytes: number }): number
  /** Sorts what arrived into parts to deliver, in order; what was delivered before is left out. */
  take(bytes: Uint8Array): OutputPart[]
  /** A part that `take` returned has been parsed. */
  parsed(part: OutputPart): void
  /** The offset to acknowledge when enough was parsed since the last time, or anything at all where `idle`. */
  dueAck(idle: boolean): number | undefined
}

export function createOutputCursor(): OutputCursor {
  let delivered: number | undefined
  let arrived = 0
  let parsed = 0
  let acknowledged = 0
  let snapshotLeft = 0
  let backlog = 0

  const deliver = (part: OutputPart): OutputPart => {
    backlog += part.bytes.byteLength
    return part
  }

  return {
    get after() {
      return delivered
    },
    get backlogBytes() {
      return backlog
    },
    attached: ({ offset, snapshotBytes }) => {
      const seen = delivered ?? offset
      delivered = Math.max(seen, offset)
      arrived = offset
      // The other side counts what is under way on this connection from its beginning.
      acknowledged = offset
      snapshotLeft = snapshotBytes
      return Math.max(0, offset - seen)
    },
    take: (bytes) => {
      const parts: OutputPart[] = []
      const snapshot = Math.min(snapshotLeft, bytes.byteLength)
      snapshotLeft -= snapshot
      if (snapshot > 0) parts.push(deliver({ bytes: bytes.subarray(0, snapshot), end: undefined }))
      const output = bytes.subarray(snapshot)
      const repeated = Math.min(output.byteLength, Math.max(0, (delivered ?? 0) - arrived))
      arrived += output.byteLength
      if (repeated < output.byteLength) {
        delivered = arrived
        parts.push(deliver({ bytes: output.subarray(repeated), end: arrived }))
      }
      return parts
    },
    parsed: ({ bytes, end }) => {
      backlog -= bytes.byteLength
      parsed = Math.max(parsed, end ?? 0)
    },
    dueAck: (idle) => {
      // Of another connection's bytes nothing is owed to this one.
      const due = Math.min(parsed, arrived)
      if (due - acknowledged < (idle ? 1 : ACK_EVERY_BYTES)) return undefined
      acknowledged = due
      return due
    },
  }
}
