/** Input of one client, as offsets over all its connections. */
export interface ClientInput {
  /** Given to the PTY's queue, for good: it is never taken again. */
  readonly accepted: number
  /** Where the next message of its present connection begins. */
  readonly cursor: number
}

export const NO_INPUT: ClientInput = { accepted: 0, cursor: 0 }

/** The client begins a connection: it goes on from what was accepted, and is told so. */
export function onConnection(input: ClientInput): ClientInput {
  return { ...input, cursor: input.accepted }
}

/** A message of `length` bytes came. `skip` of them were accepted before. */
export function onInput(input: ClientInput, length: number): { input: ClientInput; skip: number } {
  const end = input.cursor + length
  const skip = Math.min(length, Math.max(0, input.accepted - input.cursor))
  return { input: { accepted: Math.max(input.accepted, end), cursor: end }, skip }
}
