/** Longest name of a file on the file systems of Linux, in bytes of UTF-8. */
const MOST_NAME_BYTES = 255
/** Left free for the number of `numberedName`. */
const ROOM_FOR_NUMBER = 6
/** Control characters, and those that turn the direction of text: a name must show as what it is. */
const UNFIT = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu
const FALLBACK = 'file'

/**
 * A name for a file that comes from elsewhere and was called `given` there: its last part, whatever system it comes from, without
 * what does not belong into a name, and never one that means a folder.
 */
export function safeFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(UNFIT, '').normalize('NFC').trim()
  const isFolder = plain === '' || plain === '.' || plain === '..'
  return isFolder ? FALLBACK : clip(plain, MOST_NAME_BYTES - ROOM_FOR_NUMBER)
}

/** `name` where `number` is 1, else with the number before its ending: `photo.png`, `photo-2.png`, `photo-3.png`. */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name
  const { stem, ending } = split(name)
  return `${stem}-${number}${ending}`
}

/** The ending keeps its dot; a name that begins with its only dot has none. */
function split(name: string): { stem: string; ending: string } {
  const [, stem = name, ending = ''] = /^(.+?)((?:\.tar)?\.[^.]{1,32})$/su.exec(name) ?? []
  return { stem, ending }
}

function clip(name: string, mostBytes: number): string {
  if (bytesOf(name) <= mostBytes) return name
  const { stem, ending } = split(name)
  let room = mostBytes - bytesOf(ending)
  const kept = Array.from(stem).filter((character) => {
    room -= bytesOf(character)
    return room >= 0
  })
  return kept.join('') + ending
}

const encoder = new TextEncoder()

function bytesOf(text: string): number {
  return encoder.encode(text).length
}
