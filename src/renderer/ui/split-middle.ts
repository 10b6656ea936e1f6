/** From this length on a name may need to be cut; below it the whole name is one part. */
const SPLIT_FROM = 18
const TAIL_LENGTH = 6

/** The part of a name that may be cut short, and the end that always stays. Never splits a surrogate pair. */
export function splitMiddle(text: string): { head: string; tail: string } {
  const characters = Array.from(text)
  if (characters.length < SPLIT_FROM) return { head: text, tail: '' }
  return { head: characters.slice(0, -TAIL_LENGTH).join(''), tail: characters.slice(-TAIL_LENGTH).join('') }
}
