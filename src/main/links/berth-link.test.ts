import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { linkAmong, readBerthLink } from './berth-link.ts'

test.each(['berth://open', 'berth://open/', 'BERTH://open'])('%s brings the window to the front', (link) => {
  expect(readBerthLink(link)).toEqual({ kind: 'open' })
})

test.each([
  ['berth://pair?host=tower', { kind: 'pair', host: 'tower' }],
  [
    'berth://pair/?host=tower.tail1234.ts.net:80&code=KF7M-2QXD',
    { kind: 'pair', host: 'tower.tail1234.ts.net:80', code: 'KF7M-2QXD' },
  ],
  [
    'berth://pair?code=kf7m+2qxd&host=%5Bfd7a%3A%3A1%5D%3A80',
    { kind: 'pair', host: '[fd7a::1]:80', code: 'kf7m 2qxd' },
  ],
])('%s is for the form', (link, request) => {
  expect(readBerthLink(link)).toEqual(request)
})

describe('a link that is not ours does nothing', () => {
  it.each([
    '',
    'berth:',
    'berth://',
    'berth:open',
    'berth://opened',
    'berth://delete',
    'berth://open/../../etc/passwd',
    'berth://open/%2e%2e',
    'berth://open?workspace=hello',
    'berth://open#pair=ABCD-EFGH',
    'berth://open:7391',
    'berth://user:secret@open',
    'berth://open --inspect',
    'berth://open\n--no-sandbox',
    'berth://open\n',
    'berth://open\0',
    'berth://öpen',
    'https://open',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'app://berth/',
    `berth://${'a'.repeat(300)}`,
    'berth://open?',
    'berth://open?&',
    'berth://pair',
    'berth://pair?code=KF7M-2QXD',
    'berth://pair?host=',
    'berth://pair?host=tower&host=other',
    'berth://pair?host=tower&fingerprint=00',
    'berth://pair?host=tower&kind=open',
    'berth://pair?host=tower&code=',
    'berth://pair?host=tower&code=%0d%0aX',
    'berth://pair?host=tower%0a',
    'berth://pair?host=-oProxyCommand%3Dtouch',
    'berth://pair?host=ssh%3A%2F%2Fada%3Asecret%40tower',
    `berth://pair?host=tower&code=${'A'.repeat(41)}`,
    'berth://pair?host=tower#fragment',
    `berth://pair?host=${'a'.repeat(600)}`,
  ])('%j', (link) => {
    expect(readBerthLink(link)).toBeUndefined()
  })

  it('whatever else a page may think of', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(readBerthLink(`berth://open${rest}`)).toEqual(['', '/'].includes(rest) ? { kind: 'open' } : undefined)
      }),
    )
  })
})

test('the link of a start is found among its arguments', () => {
  expect(linkAmong(['/opt/Berth/berth', '--no-sandbox', 'berth://open', '--added'])).toBe('berth://open')
  expect(linkAmong(['/opt/Berth/berth', 'BERTH:x'])).toBe('BERTH:x')
  expect(linkAmong(['berth://open', '--no-sandbox'])).toBeUndefined()
})
