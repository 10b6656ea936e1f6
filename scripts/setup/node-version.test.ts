import { expect, test } from 'vitest'
import { isNodeNewEnough } from './node-version.mjs'

test.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('Node %s can run the set-up', (version) => {
  expect(isNodeNewEnough(version)).toBe(true)
})

test.each(['18.20.4', '20.18.9', '9.99.0'])('Node %s cannot', (version) => {
  expect(isNodeNewEnough(version)).toBe(false)
})
