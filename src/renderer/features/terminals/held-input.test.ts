import { expect, it } from 'vitest'
import { type HeldInput, type InputEvent, MAX_HELD_KEYS, reduceInput } from './held-input.ts'

const key = (text: string): Uint8Array => new TextEncoder().encode(text)

function after(...events: InputEvent[]) {
  let state: HeldInput = { phase: 'open' }
  const sent: string[] = []
  for (const event of events) {
    const outcome = reduceInput(state, event)
    state = outcome.state
    sent.push(...outcome.send.map((bytes) => new TextDecoder().decode(bytes)))
  }
  return { state, sent: sent.join('') }
}
const typed = (text: string): InputEvent => ({ type: 'typed', bytes: key(text) })

it('sends at once while the link stands', () => {
  expect(after(typed('a'), typed('b')).sent).toBe('ab')
})

it('sends what was typed in a short drop, in order, when the link is back', () => {
  const { state, sent } = after(
    { type: 'lost', at: 0 },
    typed('l'),
    typed('s'),
    { type: 'back', at: 3000 },
    typed('\r'),
  )
  expect(sent).toBe('ls\r')
  expect(state).toEqual({ phase: 'open' })
})

it('asks after a long drop, and holds what is typed meanwhile behind it', () => {
  const long: InputEvent[] = [{ type: 'lost', at: 0 }, typed('r'), { type: 'back', at: 3001 }, typed('m')]
  expect(after(...long)).toMatchObject({ state: { phase: 'asking' }, sent: '' })
  expect(after(...long, { type: 'send' }, typed('!')).sent).toBe('rm!')
  expect(after(...long, { type: 'discard' }, typed('!')).sent).toBe('!')
})

it('asks again when the link drops before the answer', () => {
  const again = after(
    { type: 'lost', at: 0 },
    typed('x'),
    { type: 'back', at: 9000 },
    { type: 'lost', at: 9001 },
    { type: 'back', at: 9002 },
  )
  expect(again).toMatchObject({ state: { phase: 'asking' }, sent: '' })
})

it('refuses more than it can hold, and says so', () => {
  const many = Array.from({ length: MAX_HELD_KEYS + 1 }, () => typed('x'))
  const { state } = after({ type: 'lost', at: 0 }, ...many)
  expect(state).toMatchObject({ isFull: true })
  expect(after({ type: 'lost', at: 0 }, ...many, { type: 'back', at: 1 }).sent).toHaveLength(MAX_HELD_KEYS)
})

it('drops what the emulator reports while nobody takes it, and counts none of it as a key', () => {
  const focus: InputEvent = { type: 'reported', bytes: key('\u{1b}[I') }
  const long: InputEvent[] = [{ type: 'lost', at: 0 }, focus, { type: 'back', at: 9000 }]
  expect(after(focus, ...long, focus)).toEqual({ state: { phase: 'open' }, sent: '\u{1b}[I\u{1b}[I' })
  expect(
    after({ type: 'lost', at: 0 }, typed('x'), focus, { type: 'back', at: 9000 }, focus, { type: 'send' }).sent,
  ).toBe('x')
})

it('keeps what had left to the byte where it begins within a character', () => {
  const torn = key('né').subarray(2)
  const { state } = after({ type: 'lost', at: 0 }, { type: 'unsent', bytes: torn })
  expect(state).toMatchObject({ keys: [torn] })
})

it('holds nothing any more once nobody can take it, whether it held or asked', () => {
  const held: InputEvent[] = [{ type: 'lost', at: 0 }, typed('x')]
  expect(after(...held, { type: 'over' })).toEqual({ state: { phase: 'open' }, sent: '' })
  expect(after(...held, { type: 'back', at: 9000 }, { type: 'over' })).toEqual({ state: { phase: 'open' }, sent: '' })
})

it('asks nothing when nothing was typed', () => {
  expect(after({ type: 'lost', at: 0 }, { type: 'back', at: 60_000 }).state).toEqual({ phase: 'open' })
})

it('asks about what had left too, and did not arrive, before what was typed after it', () => {
  const late: InputEvent[] = [
    { type: 'lost', at: 0 },
    typed('!'),
    { type: 'unsent', bytes: key('né') },
    { type: 'back', at: 8000 },
  ]
  const { state, sent } = after(...late)
  expect(sent).toBe('')
  expect(state).toMatchObject({ phase: 'asking', keys: [key('n'), key('é'), key('!')] })
  expect(after(...late, { type: 'send' }).sent).toBe('né!')
})
