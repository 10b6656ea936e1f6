/** Asks anew: between two reads of `signal.aborted` the compiler takes it for unchanged, even over an `await`. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}
