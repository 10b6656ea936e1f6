/** The usual spans, and the one that is there if it is another, from short to long; 0 (never) stays first. */
export function spanChoices(usual: readonly number[], present: number): number[] {
  return [...new Set([...usual, present])].sort((a, b) => a - b)
}
