import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatWorkerAddress, parseWorkerAddress } from './worker-address.ts'

const http = (host: string, port = 7391, isTls?: boolean) => ({ kind: 'http', isTls, host, port })

describe('the address of a worker', () => {
  it.each([
    ['tower', http('tower')],
    [' Tower.tail1234.ts.net ', http('tower.tail1234.ts.net')],
    ['tower:80', http('tower', 80)],
    ['10.0.0.7', http('10.0.0.7')],
    ['fd7a:115c:a1e0::1', http('fd7a:115c:a1e0::1')],
    ['[fd7a:115c:a1e0::1]:8000', http('fd7a:115c:a1e0::1', 8000)],
    ['http://tower', http('tower', 7391, false)],
    ['HTTPS://tower:7443/', http('tower', 7443, true)],
    ['ssh://tower', { kind: 'ssh', user: undefined, host: 'tower', port: undefined }],
    ['ssh://ada@[::1]:2222', { kind: 'ssh', user: 'ada', host: '::1', port: 2222 }],
  ])('%s', (text, address) => {
    expect(parseWorkerAddress(text)).toEqual(address)
  })

  it.each([
    '',
    '-oProxyCommand=touch',
    'ssh://-oProxyCommand=touch',
    'ssh://-l@tower',
    'ssh://ada:secret@tower',
    'ada@tower',
    'http://ada@tower',
    'tower:0',
    'tower:65536',
    'tower:port',
    'tower/path',
    'https://tower?token=1',
    'ftp://tower',
    'file:///etc/passwd',
    'tower two',
    'tow\ner',
    '[tower]:80',
    '[::1',
  ])('is not %j', (text) => {
    expect(parseWorkerAddress(text)).toBeUndefined()
  })

  it('reads back what it writes, and never begins with a dash whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webAuthority(), fc.ipV6(), fc.domain()), (text) => {
        const address = parseWorkerAddress(text)
        if (address === undefined) return
        expect(address.host).not.toMatch(/^-|\s/)
        expect(parseWorkerAddress(formatWorkerAddress(address))).toEqual(address)
      }),
    )
  })
})
