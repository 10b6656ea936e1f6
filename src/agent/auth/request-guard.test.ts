import { describe, expect, it } from 'vitest'
import { ourNames } from './our-names.ts'
import { refuseForeign, tokenOf } from './request-guard.ts'

const isOurName = ourNames({
  addresses: () => ['127.0.0.1', '100.101.102.103', 'fd7a:115c:a1e0::1'],
  names: () => ['desk.tail5678.ts.net'],
  allowedHosts: ['Berth.Example'],
  hostname: 'Desk.lan',
})
const refusal = (headers: Record<string, string>, url = '/rpc/info') =>
  refuseForeign({ url, headers, rawHeaders: Object.entries(headers).flat() }, isOurName)?.status

describe('Host', () => {
  it.each([
    'localhost:7391',
    'LOCALHOST',
    '127.0.0.1:1',
    '[::1]:7391',
    'desk',
    'desk.lan:80',
    'desk.local',
    'berth.example',
    '100.101.102.103:7391',
    '[fd7a:115c:a1e0::1]:7391',
    'desk.tail5678.ts.net:7391',
  ])('may be %s', (host) => expect(refusal({ host })).toBeUndefined())

  it.each([
    'evil.example',
    'desk.tail1234.ts.net',
    'other.tail1234.ts.net',
    'desk.ts.net',
    'desk.a.b.ts.net',
    'desk.tail1.ts.net.evil.example',
    '127.0.0.2',
    '[::2]',
    'localhost:',
    'localhost:1:2',
    'user@localhost',
    'localhost/x',
    ' ',
  ])('may not be %j', (host) => expect(refusal({ host })).toBe(421))

  it('is there once', () => {
    expect(refusal({})).toBe(421)
    const rawHeaders = ['Host', 'localhost', 'hOst', 'localhost']
    expect(refuseForeign({ url: '/', headers: { host: 'localhost' }, rawHeaders }, isOurName)?.status).toBe(421)
  })
})

describe('Origin', () => {
  it('is absent or the page that we serve', () => {
    expect(refusal({ host: 'localhost:7391', origin: 'http://localhost:7391' })).toBeUndefined()
    expect(refusal({ host: 'berth.example', origin: 'https://berth.example' })).toBeUndefined()
    for (const origin of [
      'null',
      '',
      'http://localhost',
      'http://localhost:7392',
      'http://127.0.0.1:7391',
      'app://localhost:7391',
    ]) {
      expect(refusal({ host: 'localhost:7391', origin }), origin).toBe(403)
    }
  })
})

it('takes no address of another origin', () => {
  expect(refusal({ host: 'localhost' }, 'http://evil.example/rpc')).toBe(400)
  expect(refusal({ host: 'localhost' }, '*')).toBe(400)
})

describe('a token', () => {
  const token = 'A1b2-_'.repeat(7)

  it('is a bearer, or a subprotocol', () => {
    expect(tokenOf({ headers: { authorization: `Bearer ${token}` } })).toBe(token)
    expect(tokenOf({ headers: { authorization: `bearer  ${token}` } })).toBe(token)
    expect(tokenOf({ headers: { 'sec-websocket-protocol': `berth.rpc.1, berth.token.${token}` } })).toBe(token)
  })

  it.each([
    {},
    { authorization: token },
    { authorization: `Bearer ${token} x` },
    { authorization: 'Bearer short' },
    { cookie: `token=${token}` },
  ])('is none in %j', (headers) => expect(tokenOf({ headers })).toBeUndefined())
})
