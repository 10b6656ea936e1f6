import { expect, test } from 'vitest'
import { missingFor } from './unsupported.ts'

const NODE = '/opt/berth/1/bin/node'

test.each([
  [`exec ${NODE}: no such file or directory`, /no glibc/],
  [`${NODE}: /lib/libc.so.6: version \`GLIBC_2.28' not found (required by ${NODE})`, /too old.*GLIBC_2\.28/],
  [
    `${NODE}: error while loading shared libraries: libstdc++.so.6: cannot open shared object file`,
    /libstdc\+\+\.so\.6/,
  ],
  [`${NODE}: /lib/libstdc++.so.6: version \`GLIBCXX_3.4.25' not found`, /libstdc\+\+/],
  [`Error relocating ${NODE}: fcntl64: symbol not found`, /no glibc/],
  [`exec ${NODE}: exec format error`, /processor/],
])('%s', (words, told) => {
  expect(missingFor(words)).toMatch(told)
})

test('a runtime that fails for another reason is no image that lacks something', () => {
  expect(missingFor('Error: Cannot find module')).toBeUndefined()
  expect(missingFor('')).toBeUndefined()
})
