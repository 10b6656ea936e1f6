import { ORPCError } from '@orpc/client'
import { LinkError } from '../../client/link-error.ts'
import { FailureData } from '../../contract/errors.ts'
import { CliFailure } from '../cli-failure.ts'
import { type Streams, say } from '../terminal-streams.ts'
import { sayJson } from './json.ts'
import { plainText } from './plain-text.ts'

/** Puts whatever a command threw into words, a code and an exit code. */
export function toFailure(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error
  if (error instanceof LinkError) {
    if (error.reason !== 'unreachable') return new CliFailure(error.message, { code: error.code })
    const hint = 'See whether it still runs; `ws --agent` starts it.'
    return new CliFailure('The agent does not answer.', { code: error.code, hint })
  }
  if (error instanceof ORPCError) {
    const hint = FailureData.safeParse(error.data).data?.hint
    return new CliFailure(error.message, { code: String(error.code), hint })
  }
  return new CliFailure(error instanceof Error ? error.message : String(error))
}

/** Says on stderr what went wrong: in words, or with `--json` as `{"error": {"code", "message", "hint"?}}`. */
export function tellFailure({ stderr }: Pick<Streams, 'stderr'>, failure: CliFailure, isJson: boolean): void {
  const { code, message, hint, data } = failure
  if (isJson) {
    sayJson(stderr, { error: { code, message, ...(hint === undefined ? {} : { hint }), ...data } })
    return
  }
  say(stderr, `ws: ${linesOf(message)}`)
  if (hint !== undefined) say(stderr, `    ${linesOf(hint)}`)
}

/** Text of one line or several, of which those after the first stand below it. */
function linesOf(text: string): string {
  return text.trim().split(/\r?\n/).map(plainText).join('\n    ')
}
