/** Where a piece of a stream lies in a file that is written round and round. */
export interface RingSegment {
  position: number
  length: number
}

/** The places of `length` bytes from stream offset `offset`: two where they wrap. `length` is at most `capacity`. */
export function ringSegments(offset: number, length: number, capacity: number): RingSegment[] {
  const position = offset % capacity
  const first = Math.min(length, capacity - position)
  const segments = [
    { position, length: first },
    { position: 0, length: length - first },
  ]
  return segments.filter((segment) => segment.length > 0)
}

/** The offset to replay from: what was asked for where that is still kept, never beyond the end. */
export function replayOffset(after: number | undefined, start: number, end: number): number {
  return Math.min(Math.max(after ?? start, start), end)
}
