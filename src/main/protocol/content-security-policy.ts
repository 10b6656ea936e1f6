/**
 * The policy that every page of the app is served under. Scripts come from the app's own files alone. Styles that xterm
 * makes at run time carry the nonce; its DOM renderer sets style attributes, which no nonce covers.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Stands in `index.html` where the nonce of the answer goes. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'
