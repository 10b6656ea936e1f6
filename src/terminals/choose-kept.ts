import { MAX_KEPT, MAX_KEPT_BYTES } from '../contract/runtime/state-folder.ts'

export interface LeftTerminal {
  /** When its output was last added to (ms since the epoch). */
  changedAtMs: number
  /** What is kept of it takes so much. */
  sizeBytes: number
}

/** Of terminals whose holder has ended those that are kept, the newest first. */
export function chooseKept<Left extends LeftTerminal>(left: readonly Left[]): Left[] {
  let bytes = 0
  return left
    .toSorted((a, b) => b.changedAtMs - a.changedAtMs)
    .filter(({ sizeBytes }, index) => {
      bytes += sizeBytes
      return index < MAX_KEPT && bytes <= MAX_KEPT_BYTES
    })
}
