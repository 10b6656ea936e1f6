import { expect, it } from 'vitest'
import { dockerIgnore } from './docker-ignore.ts'

it.each([
  ['node_modules', ['node_modules/a/b.js', 'node_modules'], ['src/node_modules/a.js', 'node_modules2']],
  ['**/node_modules', ['node_modules/a.js', 'src/x/node_modules/a.js'], ['src/my_node_modules']],
  ['*.md', ['README.md'], ['docs/README.md', 'README.mdx']],
  ['**/*.md', ['README.md', 'docs/a/b.md'], ['b.txt']],
  ['temp?', ['temp1', 'tempa/x'], ['temp', 'temp12']],
  ['/build/', ['build/x'], ['src/build/x']],
  ['*/temp*', ['a/temporary.txt', 'b/temp/x'], ['temp', 'a/b/temp']],
  ['a.b[cd]', ['a.bc', 'a.bd'], ['aXbc', 'a.be']],
  ['docs/**', ['docs/a', 'docs/a/b'], ['src/docs/a']],
  ['.git', ['.git/config', '.git'], ['.gitignore']],
])('%s leaves out what Docker leaves out', (pattern, ignored, kept) => {
  const isIgnored = dockerIgnore(pattern)
  for (const path of ignored) expect(isIgnored(path), path).toBe(true)
  for (const path of kept) expect(isIgnored(path), path).toBe(false)
})

it('lets the last line that fits decide, and notes are no patterns', () => {
  const isIgnored = dockerIgnore('# what is big\n*\n!src\n\nsrc/secret\n')
  expect(['big.bin', 'src/a.ts', 'src/secret/key'].map(isIgnored)).toEqual([true, false, true])
})

it('never leaves out what the build is made of', () => {
  const isIgnored = dockerIgnore('**\n')
  expect(['Dockerfile', '.dockerignore', 'x'].map(isIgnored)).toEqual([false, false, true])
})
