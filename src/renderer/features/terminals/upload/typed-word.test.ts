import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { typedWord } from './typed-word.ts'

describe('typedWord', () => {
  it.each(['/workspace/photo.png', '/a/b-c_d.e,f:g@h%i+j'])('leaves %s as it is', (path) => {
    expect(typedWord(path)).toBe(path)
  })

  it.each([
    ['/workspace/my photo.png', "'/workspace/my photo.png'"],
    ["/it's", "'/it'\\''s'"],
    ['/$(id)`x`"y"\\z*', '\'/$(id)`x`"y"\\z*\''],
    ['~/x', "'~/x'"],
    ['=ls', "'=ls'"],
    ['/é', "'/é'"],
    ['', "''"],
    ["/a\nb'c\\d\u0003\u0085", "$'/a\\012b\\'c\\\\d\\003\\302\\205'"],
  ])('quotes %j', (path, quoted) => {
    expect(typedWord(path)).toBe(quoted)
  })

  it.skipIf(process.platform === 'win32').each(["a 'b' $(c)", 'x\ty\rz\n.', "\u0001'\\n", '!1 #2 ~ {3,4}'])(
    'is one word to a shell: %j',
    (text) => {
      expect(execFileSync('bash', ['-c', `printf %s ${typedWord(text)}`], { encoding: 'utf8' })).toBe(text)
    },
  )
})
