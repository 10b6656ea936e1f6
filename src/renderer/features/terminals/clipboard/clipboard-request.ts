/** Longest text that a program may set: 256 KiB. */
export const MAX_CLIPBOARD_BYTES = 262_144

/** What a program asked of the clipboard by OSC 52. */
export type ClipboardRequest =
  | { kind: 'write'; text: string }
  /** It wants to read: never done. */
  | { kind: 'read' }
  | { kind: 'refused'; reason: 'size' | 'encoding' }

/** Reads the parameters of OSC 52: `<selections>;<base64 of UTF-8>`, or `?` in place of the text. */
export function parseClipboardRequest(data: string): ClipboardRequest {
  const payload = data.slice(data.indexOf(';') + 1)
  if (payload === '?') return { kind: 'read' }
  if (payload.length > (MAX_CLIPBOARD_BYTES * 4) / 3 + 4) return { kind: 'refused', reason: 'size' }
  try {
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
    return { kind: 'write', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { kind: 'refused', reason: 'encoding' }
  }
}
