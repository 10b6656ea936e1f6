import { randomBytes } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** An answer with a file of the web UI. */
export interface WebFile {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

export interface WebFiles {
  /** What is at the path of a URL: a file, the start page for a route of the screens, or nothing. */
  find(pathname: string, host: string): Promise<WebFile | undefined>
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const START_PAGE = '/index.html'
/** Stands in the start page where the nonce of the answer goes. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__'
/** Names below here hold a digest of the content. */
const HASHED = '/assets/'

/**
 * The built web UI in `folder`. Only what a walk of that folder has found is ever opened, by the name it was found under,
 * so no path of a request can lead out of it; symbolic links are left out.
 */
export function createWebFiles(folder: string): WebFiles {
  let known: ReadonlyMap<string, string> | undefined

  return {
    find: async (pathname, host) => {
      const name = decode(pathname)
      if (name === undefined) return undefined
      const isRoute = !name.slice(name.lastIndexOf('/') + 1).includes('.')
      // Each page begins with a fresh look: a new build has files of new names.
      if (isRoute || known === undefined) known = await walk(folder)
      const found = isRoute ? START_PAGE : name
      const file = known.get(found)
      if (file === undefined) return undefined
      const content = await readFile(file)
      return found === START_PAGE ? startPage(content.toString('utf8'), host) : asset(found, content)
    },
  }
}

function startPage(html: string, host: string): WebFile {
  const nonce = randomBytes(16).toString('base64')
  return {
    body: new TextEncoder().encode(html.replaceAll(NONCE_PLACEHOLDER, nonce)),
    headers: { ...commonHeaders('.html'), 'content-security-policy': policy(nonce, host), 'cache-control': 'no-store' },
  }
}

function asset(name: string, content: Buffer): WebFile {
  const cache = name.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache'
  return {
    body: new Uint8Array(content),
    headers: {
      ...commonHeaders(path.extname(name).toLowerCase()),
      'content-security-policy': "default-src 'none'",
      'cache-control': cache,
    },
  }
}

function commonHeaders(extension: string): Record<string, string> {
  return {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
}

/**
 * Scripts and calls of our own origin alone. Styles that xterm makes at run time carry the nonce; its DOM renderer sets
 * style attributes, which no nonce covers. Some browsers do not count WebSockets as `'self'`, so they are named.
 */
function policy(nonce: string, host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

async function walk(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries: Dirent[] = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, string>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, file)
  }
  return files
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
