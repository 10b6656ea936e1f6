import { type LinkTarget, targetOf } from './link-target.ts'

/** A link in a line of text: where it begins and ends (exclusive), in characters. */
export type FoundLink = { start: number; end: number; text: string; target: LinkTarget }

/** An address as people and programs write it into text: no closing punctuation of the sentence around it. */
export const WEB_ADDRESS = /https?:\/\/[^\s"'<>`{}|\\^]*[^\s"'<>`{}|\\^.,:;!?()[\]~]/i

/** No link that is found is longer. */
const LONGEST = 2_048

/**
 * A path with a line, and perhaps a column, as compilers and test runners print it: `src/a.ts:12:5`, `a.py:3`, or
 * `File "a.py", line 3`. It is looked for from where a word begins and not from each of its letters: programs write words of a megabyte.
 */
const FILE_POSITION = /(?<![\w@.+/-])(?<path>~?[\w@.+/-]{1,1024}):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?(?!\d)/g
const QUOTED_POSITION = /"(?<path>[^"\n]{1,1024})", line (?<line>\d{1,9})/g
/** A path has a slash or a dot with letters after it, so that times and addresses are none. */
const PATH = /^(?:~|\.{1,2})?\/*[\w@+-][\w@.+/-]*(?:\.[A-Za-z]\w*|\/[\w@.+-]+)$/

/** How many rows of so many columns a line is to be read beyond the row of a link, to have the whole of it. */
export function reachOfLinks(cols: number): number {
  return Math.ceil(LONGEST / Math.max(1, cols))
}

/** The web addresses and file positions of a line of text, from left to right; paths are taken from `cwd`. */
export function findLinks(text: string, cwd: string | undefined): FoundLink[] {
  const web = [...text.matchAll(new RegExp(WEB_ADDRESS, 'gi'))].map(
    (match): FoundLink => found(match, targetOf(match[0])),
  )
  const isFree = (link: FoundLink): boolean => web.every(({ start, end }) => link.end <= start || link.start >= end)
  const files = [FILE_POSITION, QUOTED_POSITION].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { path, line, column } = match.groups ?? {}
      if (path === undefined || line === undefined) return []
      if (pattern === FILE_POSITION && !PATH.test(path)) return []
      const position = column === undefined ? line : `${line}:${column}`
      return [found(match, { kind: 'file', path: `${resolvePath(path, cwd)}:${position}` })]
    }),
  )
  return [...web, ...files.filter(isFree)].toSorted((one, other) => one.start - other.start)
}

function found(match: RegExpExecArray, target: LinkTarget): FoundLink {
  return { start: match.index, end: match.index + match[0].length, text: match[0], target }
}

/** The path from the root, where that is known: `.` and `..` are gone through. */
export function resolvePath(path: string, cwd: string | undefined): string {
  if (path.startsWith('~') || (cwd === undefined && !path.startsWith('/'))) return path
  const steps: string[] = []
  for (const step of (path.startsWith('/') ? path : `${cwd ?? ''}/${path}`).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return `/${steps.join('/')}`
}
