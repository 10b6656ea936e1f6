import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { linkAmong, readBerthLink } from './berth-link.ts'

test.each(['berth://open', 'berth://open/', 'BERTH://open'])('%s brings the window to the front', (link) => {
  expect(readBerthLink(link)).toEqual({ kind: 'open' })
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
