import { expect, it } from 'vitest'
import { isBehind } from './behind.ts'

const RISING = ['0.9.0', '0.10.0', '1.0.0-beta.2', '1.0.0-beta.10', '1.0.0', '1.0.1', '2.0.0-rc.1', '2.0.0']

it('the older of two versions is behind, and the newer one is let be', () => {
  const pairs = RISING.flatMap((older, index) => RISING.slice(index + 1).map((newer) => ({ older, newer })))
  for (const { older, newer } of pairs) {
    expect([older, newer, isBehind({ version: older, build: 'a' }, { version: newer, build: 'b' })]).toContain(true)
    expect([newer, older, isBehind({ version: newer, build: 'a' }, { version: older, build: 'b' })]).toContain(false)
  }
})

it('of one version, another build is behind, and one without a name too', () => {
  const ours = { version: '1.0.0', build: 'b' }
  expect([ours, { ...ours, build: 'a' }, { ...ours, build: undefined }].map((one) => isBehind(one, ours))).toEqual([
    false,
    true,
    true,
  ])
})

it('what follows a plus tells no versions apart', () => {
  expect(isBehind({ version: '1.0.0+x', build: 'a' }, { version: '1.0.0+y', build: 'a' })).toBe(false)
})
