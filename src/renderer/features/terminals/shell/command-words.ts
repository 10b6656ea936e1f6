import { strings } from '../../../strings/index.ts'
import { formatDuration } from '../../../worker/format.ts'
import type { Command } from './command-log.ts'

/** How a command ended, in words: `Failed with code 2 after 1.4 s`. */
export function endingWords({ exitCode, durationMs }: Command): string {
  const words = strings.terminals.commands
  const duration = durationMs === undefined ? undefined : formatDuration(durationMs)
  if (exitCode === undefined) return words.ended(duration)
  return exitCode === 0 ? words.done(duration) : words.failed(exitCode, duration)
}

/** The same as a sentence of its own, with what was typed. */
export function endingSentence(command: Command, line: string): string {
  return strings.terminals.commands.ending(line, endingWords(command))
}
