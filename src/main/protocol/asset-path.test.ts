import { describe, expect, it } from 'vitest'
import { resolveAsset } from './asset-path.ts'

const root = '/app/out/renderer'

describe('resolveAsset', () => {
  it('finds files inside the folder', () => {
    expect(resolveAsset(root, '/assets/index-1a2b.js')).toEqual({ kind: 'file', path: `${root}/assets/index-1a2b.js` })
    expect(resolveAsset(root, '/a%20b.svg')).toEqual({ kind: 'file', path: `${root}/a b.svg` })
  })

  it('leads every route to the start page', () => {
    for (const route of ['/', '/w/local/api/terminals', '/new']) {
      expect(resolveAsset(root, route)).toEqual({ kind: 'page' })
    }
  })

  it.each([
    '/..%2f..%2fetc/passwd',
    '/%2e%2e%2f%2e%2e%2fmain/index.js',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/../renderer-secrets/x.js',
    '/..',
    '/a\\..\\..\\x.js',
    '/a%5c..%5cx.js',
    '/a%00.js',
    '/%',
    '/%c3%28.js',
  ])('refuses %s', (pathname) => {
    expect(resolveAsset(root, pathname)).toEqual({ kind: 'refused' })
  })
})
