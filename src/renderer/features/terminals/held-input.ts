/** Keystrokes that are kept while the link is down. Beyond it they are refused, and it is said. */
export const MAX_HELD_KEYS = 256
/** Down for longer than this, what was typed is not sent without asking: the prompt may be another one by now. */
export const SEND_UNASKED_MS = 3000

/** What becomes of input: sent on, kept while the link is down, or kept until the person has decided. */
export type HeldInput =
  | { phase: 'open' }
  | { phase: 'holding'; since: number; keys: readonly Uint8Array[]; isFull: boolean }
  | { phase: 'asking'; keys: readonly Uint8Array[]; isFull: boolean }

export type InputEvent =
  | { type: 'typed'; bytes: Uint8Array }
  /** The emulator said it by itself, of this moment: later it is no use. */
  | { type: 'reported'; bytes: Uint8Array }
  | { type: 'lost'; at: number }
  /** It had left, and did not arrive: nobody knew then that the link was down. */
  | { type: 'unsent'; bytes: Uint8Array }
  | { type: 'back'; at: number }
  /** Nobody will ever take any of it. */
  | { type: 'over' }
  | { type: 'send' }
  | { type: 'discard' }

type Outcome = { state: HeldInput; send: readonly Uint8Array[] }

const OPEN: HeldInput = { phase: 'open' }
const stay = (state: HeldInput): Outcome => ({ state, send: [] })

export function reduceInput(state: HeldInput, event: InputEvent): Outcome {
  switch (event.type) {
    case 'typed':
      return state.phase === 'open' ? { state, send: [event.bytes] } : stay(hold(state, event.bytes))
    case 'reported':
      return state.phase === 'open' ? { state, send: [event.bytes] } : stay(state)
    case 'lost':
      return lost(state, event.at)
    case 'unsent':
      return state.phase === 'open'
        ? { state, send: [event.bytes] }
        : stay({ ...state, keys: [...keysOf(event.bytes), ...state.keys] })
    case 'back':
      return back(state, event.at)
    case 'over':
      return stay(OPEN)
    case 'send':
      return state.phase === 'asking' ? { state: OPEN, send: state.keys } : stay(state)
    case 'discard':
      return state.phase === 'asking' ? stay(OPEN) : stay(state)
  }
}

/** As many as a person counts; what is more than may be held was pasted, and is one. So is what begins within a character. */
function keysOf(bytes: Uint8Array): readonly Uint8Array[] {
  const text = textOf(bytes)
  if (text === undefined) return [bytes]
  const characters = Array.from(text)
  return characters.length > MAX_HELD_KEYS
    ? [bytes]
    : characters.map((character) => new TextEncoder().encode(character))
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function hold(state: Exclude<HeldInput, { phase: 'open' }>, bytes: Uint8Array): HeldInput {
  if (state.keys.length >= MAX_HELD_KEYS) return { ...state, isFull: true }
  return { ...state, keys: [...state.keys, bytes] }
}

function lost(state: HeldInput, at: number): Outcome {
  switch (state.phase) {
    case 'open':
      return stay({ phase: 'holding', since: at, keys: [], isFull: false })
    case 'holding':
      return stay(state)
    case 'asking':
      // A question that was not answered is asked again, however short this drop is.
      return stay({ ...state, phase: 'holding', since: Number.NEGATIVE_INFINITY })
  }
}

function back(state: HeldInput, at: number): Outcome {
  if (state.phase !== 'holding') return stay(state)
  if (state.keys.length === 0) return stay(OPEN)
  if (at - state.since <= SEND_UNASKED_MS) return { state: OPEN, send: state.keys }
  return stay({ phase: 'asking', keys: state.keys, isFull: state.isFull })
}
