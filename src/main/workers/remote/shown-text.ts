import { withoutPaths } from '../without-paths.ts'

/** What a worker says of itself, made fit for a screen: one line of bounded length, which is read in the order it is written in. */
export function shownText(text: string, maxChars: number): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .trim()
    .slice(0, maxChars)
}

/** A message of a diagnostic: as `shownText`, naming no path. */
export function shownMessage(text: string): string {
  return shownText(withoutPaths(text), 300)
}
