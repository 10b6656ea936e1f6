/** The desktop passes on no longer address. */
const MAX_ADDRESS_LENGTH = 2048

/** What a link leads to. Only web addresses are opened; a path is copied; all else is refused, and said to be. */
export type LinkTarget =
  | { kind: 'web'; url: string }
  | { kind: 'file'; path: string }
  | { kind: 'refused'; target: string; reason: 'scheme' | 'length' }

/** What the address of a hyperlink leads to. Host names are given as they are asked for, so that look-alikes show. */
export function targetOf(address: string): LinkTarget {
  if (address.length > MAX_ADDRESS_LENGTH) {
    return { kind: 'refused', target: `${address.slice(0, 200)}…`, reason: 'length' }
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return { kind: 'web', url: url.href }
  const path = url?.protocol === 'file:' ? decodePath(url.pathname) : undefined
  if (path !== undefined) return { kind: 'file', path }
  return { kind: 'refused', target: address, reason: 'scheme' }
}

/** The characters of a path in an address; undefined where they are no text. */
export function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
