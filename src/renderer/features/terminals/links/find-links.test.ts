import { describe, expect, it } from 'vitest'
import { findLinks, resolvePath } from './find-links.ts'
import { targetOf } from './link-target.ts'

const targets = (text: string, cwd?: string): unknown[] => findLinks(text, cwd).map(({ target }) => target)
const web = (url: string): unknown => ({ kind: 'web', url })
const file = (path: string): unknown => ({ kind: 'file', path })

describe('web addresses', () => {
  it.each([
    ['see https://a.example/x?y=1#z.', 'https://a.example/x?y=1#z'],
    ['(http://localhost:3000/)', 'http://localhost:3000/'],
    ['"https://a.example/p", and', 'https://a.example/p'],
    ['HTTPS://A.example', 'https://a.example/'],
  ])('%s', (text, url) => {
    expect(targets(text)).toEqual([web(url)])
  })

  it('are not also file positions', () => {
    expect(targets('http://127.0.0.1:3000/a.ts:3')).toEqual([web('http://127.0.0.1:3000/a.ts:3')])
  })

  it('shows what a look-alike host really is', () => {
    expect(targetOf('https://аpple.example/')).toEqual(web('https://xn--pple-43d.example/'))
  })
})

describe('file positions', () => {
  it.each([
    ['src/a.ts:12:5 - error TS2322', '/w/src/a.ts:12:5'],
    ['./b.py:3: warning', '/w/b.py:3'],
    ['at run (/app/lib/x.js:9:1)', '/app/lib/x.js:9:1'],
    ['  File "t/c.py", line 7, in f', '/w/t/c.py:7'],
    ['../up/Makefile.am:10', '/up/Makefile.am:10'],
    ['~/n.md:4', '~/n.md:4'],
    ['a.c:1:2:note', '/w/a.c:1:2'],
    ['12:30 x/y:7', '/w/x/y:7'],
    ['file:///srv/a.ts:3:1', '/srv/a.ts:3:1'],
  ])('%s', (text, path) => {
    expect(targets(text, '/w')).toEqual([file(path)])
  })

  it.each(['12:30:05 GMT', 'localhost:3000', 'ratio 3:4', 'a b c', 'key: 12', '10.0.0.1:80'])('none in %s', (text) => {
    expect(targets(text, '/w')).toEqual([])
  })

  it('stay as they are written where the folder is not known', () => {
    expect(targets('src/a.ts:1')).toEqual([file('src/a.ts:1')])
    expect(resolvePath('~/a.ts', '/w')).toBe('~/a.ts')
  })
})

describe('hyperlinks of programs', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'vscode://file/etc/passwd', 'mailto:a@b.example', 'no address'])(
    'refuses %s',
    (address) => {
      expect(targetOf(address)).toEqual({ kind: 'refused', target: address, reason: 'scheme' })
    },
  )

  it('refuses what is too long for the desktop to open', () => {
    expect(targetOf(`https://a.example/${'x'.repeat(3000)}`)).toMatchObject({ kind: 'refused', reason: 'length' })
  })

  it('takes the path of a file address', () => {
    expect(targetOf('file://box/home/me/a%20b.txt')).toEqual(file('/home/me/a b.txt'))
  })
})

describe('lines that are made to be searched for ever', () => {
  const LENGTH = 200_000

  it.each([
    ['one word', 'aB3+/'],
    ['dots', '.a'],
    ['slashes', 'a/'],
    ['dots and slashes', './'],
    ['beginnings of positions', 'a.b:'],
    ['beginnings of addresses', 'http://.'],
    ['quotes', '"a'],
    ['numbers', '1:'],
  ])('%s: is looked through once', (_name, piece) => {
    const line = piece.repeat(LENGTH / piece.length)
    expect(findLinks(`${line} src/a.ts:1`, '/w').at(-1)?.target).toEqual(file('/w/src/a.ts:1'))
  })
})
