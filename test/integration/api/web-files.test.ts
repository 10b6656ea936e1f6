import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebFiles, type WebFile, type WebFiles } from '../../../src/agent/api/web-files.ts'

let folder: string
let files: WebFiles

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  const web = path.join(folder, 'web')
  await mkdir(path.join(web, 'assets'), { recursive: true })
  await writeFile(path.join(folder, 'secret.js'), 'planted')
  await writeFile(path.join(web, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">')
  await writeFile(path.join(web, 'assets', 'app-1a2b.js'), 'app')
  await writeFile(path.join(web, 'theme.js'), 'theme')
  await symlink(path.join(folder, 'secret.js'), path.join(web, 'linked.js'))
  await symlink(folder, path.join(web, 'up'))
  files = createWebFiles(web)
})
afterAll(() => rm(folder, { recursive: true }))

const textOf = (file: WebFile | undefined): string | undefined => file && Buffer.from(file.body).toString('utf8')
const find = (pathname: string) => files.find(pathname, 'localhost:7391')

describe('the files of the screens', () => {
  it('are served by their names, with types, and kept for ever where the name holds a digest', async () => {
    const app = await find('/assets/app-1a2b.js')
    expect(textOf(app)).toBe('app')
    expect(app?.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect((await find('/theme.js'))?.headers['cache-control']).toBe('no-cache')
  })

  it.each(['/', '/workspaces/alpha', '/index.html'])(
    'lead from %s to the start page under a strict policy',
    async (at) => {
      const page = await find(at)
      const policy = page?.headers['content-security-policy'] ?? ''
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
      expect(textOf(page)).toBe(`<meta property="csp-nonce" nonce="${nonce}">`)
      expect(policy).toContain("default-src 'none'; script-src 'self'; ")
      expect(policy).not.toMatch(/script-src[^;]*unsafe|unsafe-eval|\*/)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(page?.headers['cache-control']).toBe('no-store')
    },
  )

  it('have another nonce each time', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, () => find('/')))
    expect(new Set(pages.map((page) => page?.headers['content-security-policy'])).size).toBe(20)
  })

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..%5csecret.js',
    '/linked.js',
    '/up/secret.js',
    '//secret.js',
    '/secret.js%00.html',
    '/missing.js',
    '/%zz',
  ])('hold nothing at %s', async (at) => {
    expect(await find(at)).toBeUndefined()
  })

  it('are looked for anew with each page, so that a new build needs no new start', async () => {
    await writeFile(path.join(folder, 'web', 'assets', 'app-3c4d.js'), 'new')
    await find('/')
    expect(textOf(await find('/assets/app-3c4d.js'))).toBe('new')
  })
})
