import { expect, test } from 'vitest'
import { terminalName } from './terminal-name.ts'

test.each([
  ['zsh', 'zsh'],
  ['workspace@api: ~/workspace', '~/workspace'],
  ['workspace@api:/srv', '/srv'],
  ['user@host: ', 'user@host: '],
  ['mail to someone@example.org: hello', 'mail to someone@example.org: hello'],
])('a terminal whose program says %j is called %j', (title, name) => {
  expect(terminalName({ title, position: 2 })).toBe(name)
})

test('one whose program says nothing is called by its place', () => {
  expect(terminalName({ title: '', position: 2 })).toBe('Terminal 2')
})
