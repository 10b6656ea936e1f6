import { describe, expect, it } from 'vitest'
import { isTrustedSender } from './trusted-sender.ts'

const origin = 'app://berth'
const ours = { origin, parent: null }

describe('isTrustedSender', () => {
  it('takes the main frame of our own page', () => {
    expect(isTrustedSender(ours, origin)).toBe(true)
  })

  it.each([
    ['a frame that is gone', null],
    ['no frame', undefined],
    ['a frame inside our page', { origin, parent: ours }],
    ['another site', { origin: 'https://berth.example', parent: null }],
    ['another host of our scheme', { origin: 'app://other', parent: null }],
    ['a file', { origin: 'file://', parent: null }],
    ['a sandboxed frame', { origin: 'null', parent: null }],
  ])('refuses %s', (_what, frame) => {
    expect(isTrustedSender(frame, origin)).toBe(false)
  })
})
