import { describe, expect, it } from 'vitest'
import { isCall } from './call-port.ts'

describe('isCall', () => {
  it('takes what oRPC sends', () => {
    expect(isCall('{"i":"1","p":{"u":"/app/info","b":{}}}')).toBe(true)
    expect(isCall('{"i":"1","t":4}')).toBe(true)
  })

  it.each([
    ['no JSON', '{'],
    ['a number', '1'],
    ['no id', '{"p":{"u":"/app/info"}}'],
    ['no address', '{"i":"1","p":{}}'],
    ['an address that is not a path', '{"i":"1","p":{"u":"http://evil.example/app/info"}}'],
    ['an unknown kind', '{"i":"1","t":9,"p":{}}'],
    ['bytes', new Uint8Array(4)],
    ['an object', { i: '1', p: { u: '/app/info' } }],
    ['more than any call', JSON.stringify({ i: '1', p: { u: '/app/info', b: 'x'.repeat(65_536) } })],
  ])('refuses %s', (_what, data) => {
    expect(isCall(data)).toBe(false)
  })
})
