import { expect, test } from 'vitest'
import type { Tab } from './layout/layout.ts'
import { tabName, terminalName } from './terminal-name.ts'

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

test('a tab is read out with all that its looks tell', () => {
  const tab: Tab = { id: 'tab', tree: { kind: 'pane', terminal: 'one' }, current: 'one', isZoomed: false }
  expect(tabName({ tab, name: 'zsh', position: 2 })).toBe('2 zsh')
  expect(tabName({ tab: { ...tab, isZoomed: true }, name: 'zsh', position: 1, hasEnded: true })).toBe(
    '1 zsh, zoomed, ended',
  )
})
