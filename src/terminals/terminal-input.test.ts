import { expect, test } from 'vitest'
import { TerminalInput } from './terminal-input.ts'

function recorded() {
  const written: string[] = []
  const input = new TerminalInput((bytes) => written.push(Buffer.from(bytes).toString()))
  const acked: [string, number][] = []
  input.onTaken = (client, offset) => acked.push([client, offset])
  return { input, written, acked }
}

test('input is written at once, and acknowledged when the PTY has taken it', () => {
  const { input, written, acked } = recorded()
  expect(input.connect('a')).toBe(0)
  input.receive(Buffer.from('hello'))
  input.receive(Buffer.from('!'))
  expect(written).toEqual(['hello', '!'])
  expect(acked).toEqual([])
  input.taken(5)
  input.taken(1)
  expect(acked).toEqual([
    ['a', 5],
    ['a', 6],
  ])
  expect(input.waitingBytes).toBe(0)
})

test('each client counts for itself, over all its connections', () => {
  const { input } = recorded()
  input.connect('a')
  input.receive(Buffer.from('12345'))
  expect(input.connect('b')).toBe(0)
  input.receive(Buffer.from('678'))
  expect(input.connect('a')).toBe(5)
  expect(input.connect('b')).toBe(3)
})

test('clients that are long gone are forgotten', () => {
  const { input } = recorded()
  input.connect('first')
  input.receive(Buffer.from('x'))
  for (let index = 0; index < 64; index += 1) input.connect(`client ${index}`)
  expect(input.connect('first')).toBe(0)
})
