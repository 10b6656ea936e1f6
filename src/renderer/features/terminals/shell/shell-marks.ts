import { decodePath } from '../links/link-target.ts'

/** What a shell says of itself by OSC 133: where its prompt begins and ends, where output begins, how a command ended. */
export type ShellMark =
  | { kind: 'prompt' }
  | { kind: 'command-line' }
  | { kind: 'output' }
  /** `exitCode` is absent where the line was left without a command; `durationMs` where the shell did not measure it. */
  | { kind: 'end'; exitCode: number | undefined; durationMs: number | undefined }

const KINDS = { A: 'prompt', B: 'command-line', C: 'output' } as const

/**
 * Reads the parameters of OSC 133 (FinalTerm's semantic prompts): a letter, then options divided by `;`. `duration` is an
 * option of Berth's own shell integration, in milliseconds.
 */
export function parseShellMark(data: string): ShellMark | undefined {
  const [letter = '', ...options] = data.split(';')
  if (letter === 'D') {
    const exitCode = options.find((option) => /^\d{1,10}$/.test(option))
    const duration = options
      .map((option) => /^duration=(\d{1,15})$/.exec(option)?.[1])
      .find((value) => value !== undefined)
    return {
      kind: 'end',
      exitCode: exitCode === undefined ? undefined : Number(exitCode),
      durationMs: duration === undefined ? undefined : Number(duration),
    }
  }
  return letter === 'A' || letter === 'B' || letter === 'C' ? { kind: KINDS[letter] } : undefined
}

/** The folder that OSC 7 names, `file://host/path`; undefined where it is no such address. */
export function parseFolder(data: string): string | undefined {
  // Not by URL: what a shell does not escape, a `#` or a `?`, is part of the path.
  const path = /^file:\/\/[^/]*(\/.*)$/.exec(data)?.[1]
  return path === undefined ? undefined : decodePath(path)
}
