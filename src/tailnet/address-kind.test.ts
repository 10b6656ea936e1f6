import { expect, it } from 'vitest'
import { kindOfAddress } from './address-kind.ts'

it.each([
  ['127.0.0.1', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['100.64.0.0', 'tailnet'],
  ['100.127.255.255', 'tailnet'],
  ['::ffff:100.100.100.100', 'tailnet'],
  ['fd7a:115c:a1e0::53', 'tailnet'],
  ['100.63.255.255', 'other'],
  ['100.128.0.1', 'other'],
  ['10.0.0.1', 'other'],
  ['192.168.1.7', 'other'],
  ['fd7a:115c:a1e1::1', 'other'],
  ['::ffff:8.8.8.8', 'other'],
  ['128.0.0.1', 'other'],
  ['0.0.0.0', 'other'],
  ['::', 'other'],
  ['tower', 'other'],
  ['', 'other'],
] as const)('%s is %s', (address, kind) => {
  expect(kindOfAddress(address)).toBe(kind)
})
