import type { DeletionReport } from '../../contract/agent/workspace.ts'
import { plainText } from './plain-text.ts'

type Reason = DeletionReport['reasons'][number]

/** What deleting the workspace `name` would lose, a line each. */
export function lossesOf({ reasons }: DeletionReport, name: string): string {
  const isUnchecked = reasons.every(({ kind }) => kind === 'unknown')
  const heading = isUnchecked
    ? `Whether work in “${name}” would be lost is not known:`
    : `Deleting “${name}” would lose:`
  return [heading, ...reasons.map((reason) => `  ${plainText(wordsFor(reason))}`)].join('\n')
}

const WORDS: Record<Reason['kind'], (reason: Reason) => string> = {
  uncommitted: ({ count }) => `${counted(count, 'changed file')} not committed`,
  untracked: ({ count }) => `${counted(count, 'file')} not in git`,
  unpushed: ({ count }) => `${counted(count, 'commit')} not pushed`,
  no_upstream: ({ count }) => `${counted(count, 'commit')} on a branch that is nowhere else`,
  stash: ({ count }) => counted(count, 'stash', 'stashes'),
  unknown: ({ message }) => message ?? 'It could not be checked.',
}

function wordsFor(reason: Reason): string {
  const where = [reason.repository, reason.branch].filter((part) => part !== undefined).join(', ')
  return where === '' ? WORDS[reason.kind](reason) : `${WORDS[reason.kind](reason)}  (${where})`
}

function counted(count: number | undefined, one: string, many = `${one}s`): string {
  if (count === undefined) return many
  return `${count} ${count === 1 ? one : many}`
}
