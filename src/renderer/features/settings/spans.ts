/** After how many seconds without use a workspace may stop by itself; 0 is never. */
export const IDLE_STOPS = [0, 1800, 3600, 14_400, 86_400] as const

/** The usual spans, and the one that is there if it is another, from short to long; 0 (never) stays first. */
export function spanChoices(usual: readonly number[], present: number): number[] {
  return [...new Set([...usual, present])].sort((a, b) => a - b)
}
