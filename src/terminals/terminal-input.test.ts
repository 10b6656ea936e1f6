import { expect, test } from 'vitest'
import { TerminalInput } from './terminal-input.ts'

function recorded() {
  const written: string[] = []
  const live = new Set<string>()
  const input = new TerminalInput(
    (bytes) => written.push(Buffer.from(bytes).toString()),
    (client) => live.has(client),
  )
  const acked: [string, number][] = []
  input.onTaken = (client, offset) => acked.push([client, offset])
  return { input, written, acked, live }
}

test('input is written at once, and acknowledged when the PTY has taken it', () => {
  const { input, written, acked } = recorded()
  expect(input.connect('a')).toBe(0)
  input.receive('a', Buffer.from('hello'))
  input.receive('a', Buffer.from('!'))
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
  input.receive('a', Buffer.from('12345'))
  expect(input.connect('b')).toBe(0)
  input.receive('b', Buffer.from('678'))
  expect(input.connect('a')).toBe(5)
  expect(input.connect('b')).toBe(3)
})

test('clients that are long gone are forgotten, and those that are connected are not', () => {
  const { input, live } = recorded()
  live.add('first')
  for (const client of ['first', 'second']) {
    input.connect(client)
    input.receive(client, Buffer.from('x'))
  }
  for (let index = 0; index < 64; index += 1) input.connect(`client ${index}`)
  expect(input.connect('first')).toBe(1)
  expect(input.connect('second')).toBe(0)
})

test('input of several clients goes in as it comes, each with its own acknowledgements and its own room', () => {
  const { input, written, acked } = recorded()
  input.connect('a')
  input.connect('b')
  input.receive('a', Buffer.from('one '))
  input.receive('b', Buffer.from('two '))
  input.receive('a', Buffer.from('three'))
  expect(written.join('')).toBe('one two three')
  for (const length of [4, 4, 5]) input.taken(length)
  expect(acked).toEqual([
    ['a', 4],
    ['b', 4],
    ['a', 9],
  ])
  input.receive('a', Buffer.alloc(4_194_304))
  expect(input.hasRoomFor('a', 1)).toBe(false)
  expect(input.hasRoomFor('b', 65_536)).toBe(true)
})
