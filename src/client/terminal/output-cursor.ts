import { ACK_EVERY_BYTES } from '../../contract/terminal/limits.ts'

/** Of a screen, which has no offsets, so much is parsed between signs that it is: they acknowledge what was acknowledged. */
const SCREEN_ACK_EVERY_BYTES = 32_768

/** A part of what arrived. `end` is the offset after it; absent for bytes of a snapshot, which have no offsets. */
export interface OutputPart {
  bytes: Uint8Array
  end: number | undefined
  /** Counts how often all that was delivered before became void. */
  screen: number
  /** Another screen, or an earlier one of this client, has had it: programs have the answers to what they ask in it. */
  isReplayed: boolean
}

/** Where a connection begins: at `offset`, after a snapshot; `end` is the length of the output when it was made. */
export interface OutputPlace {
  offset: number
  snapshotBytes: number
  end?: number | undefined
}

/** How a connection goes on from what was delivered before it. */
export interface OutputStart {
  /** Bytes of output that were not delivered and do not come: a snapshot stands for them, or nothing does. */
  skippedBytes: number
  /** All that was delivered is void; what comes begins on an empty screen. */
  isReset: boolean
}

/** Where the output of a terminal stands on this side: delivered, parsed, acknowledged. */
export interface OutputCursor {
  /** What to ask for in `attach`: everything before it was delivered. Absent where there is no whole screen to go on from. */
  readonly after: number | undefined
  /** Delivered bytes that are not parsed yet. */
  readonly backlogBytes: number
  /** A connection, which asked for what comes after `after`, begins at `offset`, after a snapshot. */
  attached(start: OutputPlace): OutputStart
  /** Sorts what arrived into parts to deliver, in order; what was delivered before is left out. */
  take(bytes: Uint8Array): OutputPart[]
  /** A part that `take` returned has been parsed. */
  parsed(part: OutputPart): void
  /**
   * The offset to acknowledge when enough was parsed since the last time, or anything at all where `idle`. While a screen is
   * parsed it is the one that was acknowledged, again: so the other side knows that the screen is taken.
   */
  dueAck(idle: boolean): number | undefined
}

export function createOutputCursor(): OutputCursor {
  let delivered: number | undefined
  let arrived = 0
  let snapshotLeft = 0
  let backlog = 0
  let screen = 0
  let replayedTo = 0
  const credits = createCredits()

  const deliver = (bytes: Uint8Array, end: number | undefined): OutputPart => {
    backlog += bytes.byteLength
    return { bytes, end, screen, isReplayed: end === undefined || end <= replayedTo }
  }
  // A connection that broke within a snapshot left a torn screen, from which nothing can go on.
  const after = (): number | undefined => (snapshotLeft > 0 ? undefined : delivered)

  return {
    get after() {
      return after()
    },
    get backlogBytes() {
      return backlog
    },
    attached: ({ offset, snapshotBytes, end }) => {
      const asked = after()
      // What a screen missed while its link was down, nobody else has answered.
      if (asked === undefined) replayedTo = end ?? 0
      const isReset = snapshotBytes > 0 || (asked === undefined && delivered !== undefined)
      if (isReset) screen += 1
      delivered = isReset ? offset : Math.max(delivered ?? offset, offset)
      arrived = offset
      credits.begin(offset, isReset)
      snapshotLeft = snapshotBytes
      return { skippedBytes: Math.max(0, offset - (asked ?? offset)), isReset }
    },
    take: (bytes) => {
      const parts: OutputPart[] = []
      const snapshot = Math.min(snapshotLeft, bytes.byteLength)
      snapshotLeft -= snapshot
      if (snapshot > 0) parts.push(deliver(bytes.subarray(0, snapshot), undefined))
      const output = bytes.subarray(snapshot)
      const repeated = Math.min(output.byteLength, Math.max(0, (delivered ?? 0) - arrived))
      arrived += output.byteLength
      const fresh = output.subarray(repeated)
      if (fresh.byteLength > 0) {
        delivered = arrived
        const replayed = Math.min(fresh.byteLength, Math.max(0, replayedTo - (arrived - fresh.byteLength)))
        if (replayed > 0) parts.push(deliver(fresh.subarray(0, replayed), arrived - fresh.byteLength + replayed))
        if (replayed < fresh.byteLength) parts.push(deliver(fresh.subarray(replayed), arrived))
      }
      return parts
    },
    parsed: (part) => {
      backlog -= part.bytes.byteLength
      if (part.screen === screen) credits.parsed(part)
    },
    // Of another connection's bytes nothing is owed to this one.
    dueAck: (idle) => credits.due(arrived, idle),
  }
}

/** What was parsed, and what of it was acknowledged. */
function createCredits() {
  let parsed = 0
  let acknowledged = 0
  let screenBytes = 0
  return {
    begin: (offset: number, isReset: boolean): void => {
      if (isReset) parsed = 0
      // The other side counts what is under way on this connection from its beginning.
      acknowledged = offset
      screenBytes = 0
    },
    parsed: ({ bytes, end }: OutputPart): void => {
      if (end === undefined) screenBytes += bytes.byteLength
      else parsed = Math.max(parsed, end)
    },
    due: (arrived: number, idle: boolean): number | undefined => {
      const due = Math.max(Math.min(parsed, arrived), acknowledged)
      const isSignDue = screenBytes >= SCREEN_ACK_EVERY_BYTES
      if (!isSignDue && due - acknowledged < (idle ? 1 : ACK_EVERY_BYTES)) return undefined
      screenBytes = 0
      acknowledged = due
      return due
    },
  }
}
