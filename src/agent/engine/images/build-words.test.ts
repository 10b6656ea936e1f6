import { describe, expect, it } from 'vitest'
import { failureWords, saysNoNetwork } from './build-words.ts'

describe('saysNoNetwork', () => {
  it.each([
    "W: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Temporary failure resolving 'deb.debian.org'",
    'E: Could not connect to deb.debian.org:80 (151.101.2.132), connection timed out',
    '  Cannot initiate the connection to deb.debian.org:80 (2a04:4e42::644). - connect (101: Network is unreachable)',
    'curl: (6) Could not resolve host: example.org',
    'curl: (7) Failed to connect to example.org port 443 after 3 ms: Couldn’t connect to server',
    'wget: unable to resolve host address ‘example.org’',
    'npm ERR! code EAI_AGAIN',
    'dial tcp: lookup proxy.golang.org: no such host',
    'Failed to establish a new connection: [Errno -3] Temporary failure in name resolution',
  ])('knows the words of: %s', (line) => {
    expect(saysNoNetwork(['Step 2/3 : RUN x', line, 'done'])).toBe(true)
  })

  it.each([
    'E: Unable to locate package nosuch',
    'gcc: error: x.c: No such file or directory',
    'npm ERR! 404 Not Found',
  ])('takes nothing else for it: %s', (line) => {
    expect(saysNoNetwork([line])).toBe(false)
  })
})

describe('failureWords', () => {
  it('are what the programs complained of last, without the builder’s own words', () => {
    const lines = [
      'Step 3/4 : RUN apt-get update',
      '---> Running in 0123',
      'Ign:1 http://mirror bookworm InRelease',
      'Reading package lists...',
      "E: Failed to fetch http://mirror/InRelease  Temporary failure resolving 'mirror'",
      'E: Some index files failed to download.',
    ]
    expect(failureWords(lines)).toBe(
      "E: Failed to fetch http://mirror/InRelease  Temporary failure resolving 'mirror' · E: Some index files failed to download.",
    )
  })

  it('are the last lines where none complains, and nothing where there are none', () => {
    expect(failureWords(['Step 1/1 : RUN x', 'one', 'two', '', 'three', 'this is why'])).toBe(
      'two · three · this is why',
    )
    expect(failureWords(['Step 1/1 : RUN false', ' ---> Running in 0123'])).toBe('')
  })

  it('are never longer than a message holds', () => {
    expect(failureWords(['x'.repeat(900)])).toHaveLength(300)
  })
})
