import { usageFailure } from '../../cli-failure.ts'

/** Keys that let go of a terminal, one after the other; empty: none do. */
export interface DetachKeys {
  bytes: readonly number[]
  /** For people: `Enter ~ .` */
  text: string
}

/** As ssh has it: no shell and no full-screen program waits for a tilde that begins a line. */
export const DEFAULT_DETACH_KEYS = 'enter,~,.'

const ENTER = 0x0d
const CTRL = /^ctrl-([a-z@[\\\]^_])$/

/**
 * Reads keys as `--detach-keys` has them: `enter`, `ctrl-<letter>` or a character each, between commas; or `none`. Throws a
 * `CliFailure` where they are none.
 */
export function parseDetachKeys(text: string): DetachKeys {
  if (text === 'none') return { bytes: [], text: '' }
  const keys = text.toLowerCase().split(',')
  return { bytes: keys.map((key) => byteOf(key)), text: keys.map((key) => nameOf(key)).join(' ') }
}

function byteOf(key: string): number {
  const control = CTRL.exec(key)?.[1]
  if (key === 'enter') return ENTER
  if (control !== undefined) return control.toUpperCase().charCodeAt(0) & 0x1f
  if (/^[!-~]$/.test(key)) return key.charCodeAt(0)
  throw usageFailure(`“${key}” is not a key to let go with.`, 'Such as enter,~,. or ctrl-p,ctrl-q, or none.')
}

function nameOf(key: string): string {
  if (key === 'enter') return 'Enter'
  return key.startsWith('ctrl-') ? `Ctrl-${key.slice('ctrl-'.length).toUpperCase()}` : key
}

export interface TypedKeys {
  /** What goes to the terminal now. */
  pass: Uint8Array
  /** The keys were typed: what came after them is dropped. */
  isDetach: boolean
}

/** More bytes at once than a person types: what was pasted lets go of nothing. */
const LONGEST_TYPED = 16

/**
 * Looks for the keys in what is typed. Enter at their beginning is passed on at once, and counts as pressed at the start;
 * the others are held until it is known whether all follow, so that none of them reaches a program that was let go of.
 */
export function watchForDetach({ bytes: keys }: DetachKeys): (typed: Uint8Array) => TypedKeys {
  const firstHeld = Math.max(
    0,
    keys.findIndex((key) => key !== ENTER),
  )
  let matched = keys.slice(0, firstHeld).map((byte) => ({ byte, isPassed: true }))

  const step = (byte: number, pass: number[]): void => {
    matched.push({ byte, isPassed: false })
    while (matched.some((key, index) => key.byte !== keys[index])) {
      const [first] = matched.splice(0, 1)
      if (first !== undefined && !first.isPassed) pass.push(first.byte)
    }
    for (const key of matched.slice(0, firstHeld)) {
      if (!key.isPassed) pass.push(key.byte)
      key.isPassed = true
    }
  }

  return (typed) => {
    if (keys.length === 0) return { pass: typed, isDetach: false }
    const pass: number[] = []
    if (typed.byteLength > LONGEST_TYPED) {
      for (const { byte, isPassed } of matched) if (!isPassed) pass.push(byte)
      matched = []
      return { pass: Uint8Array.of(...pass, ...typed), isDetach: false }
    }
    for (const byte of typed) {
      step(byte, pass)
      if (matched.length === keys.length) return { pass: Uint8Array.from(pass), isDetach: true }
    }
    return { pass: Uint8Array.from(pass), isDetach: false }
  }
}
