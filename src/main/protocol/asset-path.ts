import { isAbsolute, relative, resolve, sep } from 'node:path'

/** What a URL of the app leads to: a file of the renderer's folder, its start page for a route, or nothing. */
export type AssetPath = { kind: 'file'; path: string } | { kind: 'page' } | { kind: 'refused' }

/**
 * Resolves the path of an `app://` URL inside `root`. A path whose last part has no extension is a route of the screens
 * and leads to the start page. Encoded separators (`..%2f`) reach here still encoded, so they are decoded before the
 * check; what then leaves `root`, is not decodable or holds a NUL or a backslash is refused.
 */
export function resolveAsset(root: string, pathname: string): AssetPath {
  const decoded = decode(pathname)
  if (decoded === undefined || decoded.includes('\0') || decoded.includes('\\')) return { kind: 'refused' }
  const path = resolve(root, `.${decoded.startsWith('/') ? '' : '/'}${decoded}`)
  const inside = relative(root, path)
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return { kind: 'refused' }
  const last = decoded.slice(decoded.lastIndexOf('/') + 1)
  return last.includes('.') ? { kind: 'file', path } : { kind: 'page' }
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
