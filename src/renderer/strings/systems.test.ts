import { expect, it } from 'vitest'
import { systemName } from './systems.ts'

it.each([
  ['linux', 'Linux'],
  ['darwin', 'macOS'],
  ['macOS', 'macOS'],
  ['windows', 'Windows'],
  ['win32', 'Windows'],
  ['Plan 9', 'Plan 9'],
  ['constructor', 'constructor'],
])('%s is called %s', (os, name) => {
  expect(systemName(os)).toBe(name)
})
