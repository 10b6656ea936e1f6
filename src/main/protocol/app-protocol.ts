import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Protocol, protocol } from 'electron'
import type { Logger } from 'pino'
import { APP_HOST, APP_SCHEME } from './app-origin.ts'
import { resolveAsset } from './asset-path.ts'
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from './content-security-policy.ts'

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
  ['.txt', 'text/plain; charset=utf-8'],
])

/** Makes `app://` a standard, secure scheme. Works only before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the renderer's built files, and nothing else of this computer, on `app://berth/`. */
export function serveApp(deps: { protocol: Protocol; rendererRoot: string; log: Logger }): void {
  deps.protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host !== APP_HOST || (request.method !== 'GET' && request.method !== 'HEAD')) return refusal(403)
    const asset = resolveAsset(deps.rendererRoot, url.pathname)
    if (asset.kind === 'refused') {
      deps.log.warn({ pathname: url.pathname }, 'refused a path outside the renderer')
      return refusal(403)
    }
    return asset.kind === 'page' ? servePage(deps.rendererRoot) : serveFile(asset.path)
  })
}

async function servePage(root: string): Promise<Response> {
  const html = await readExisting(join(root, 'index.html'))
  if (html === undefined) return refusal(404)
  const nonce = randomBytes(16).toString('base64')
  return new Response(html.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: headers('.html', nonce),
  })
}

async function serveFile(path: string): Promise<Response> {
  const extension = extname(path).toLowerCase()
  const body = await readExisting(path)
  if (body === undefined) return refusal(404)
  return new Response(new Uint8Array(body), { headers: headers(extension, randomBytes(16).toString('base64')) })
}

function headers(extension: string, nonce: string): Record<string, string> {
  return {
    'content-type': CONTENT_TYPES.get(extension) ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': "default-src 'none'" } })
}

async function readExisting(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.has(String(error.code))) return undefined
    throw error
  }
}

const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR'])
