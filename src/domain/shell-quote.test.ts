import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatEnvironment, formatPathProfile, shellQuote } from './shell-quote.ts'

test('a shell reads back any value', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'))
  fc.assert(
    fc.property(text, (value) => {
      expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellQuote(value)}`]).toString()).toBe(value)
    }),
    { numRuns: 20 },
  )
})

test('an environment file sets what it lists, line breaks and quotes included', () => {
  const script = `${formatEnvironment({ A: "it's\n$HOME", B: '' })}printf '%s|%s' "$A" "$B"`
  expect(execFileSync('/bin/sh', ['-c', script]).toString()).toBe("it's\n$HOME|")
})

test('folders of the image that a login shell dropped come back once, after its own', () => {
  const script = `PATH=/usr/bin:/bin\n${formatPathProfile('/usr/local/go/bin:/usr/bin::/opt/a b')}printf %s "$PATH"`
  expect(execFileSync('/bin/sh', ['-c', script]).toString()).toBe('/usr/bin:/bin:/usr/local/go/bin:/opt/a b')
})
