import { expect, test } from 'vitest'
import { shippedPackages } from './licences.ts'

const locked = {
  '': {},
  'node_modules/server': { dependencies: { deep: '1' } },
  'node_modules/deep': {},
  'node_modules/screen': { dev: true, dependencies: { part: '2', deep: '1' } },
  'node_modules/screen/node_modules/part': { dev: true, dependencies: { shared: '1' } },
  'node_modules/part': { dev: true },
  'node_modules/shared': { dev: true },
  'node_modules/linter': { dev: true },
}

test('what programs depend on and what screens are bundled from is in the app, tools are not', () => {
  expect(shippedPackages(locked, ['screen'])).toEqual([
    'node_modules/deep',
    'node_modules/screen',
    'node_modules/screen/node_modules/part',
    'node_modules/server',
    'node_modules/shared',
  ])
})
