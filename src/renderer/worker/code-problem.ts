import { normaliseCode } from '../platform/pairing-code.ts'
import { strings } from '../strings/index.ts'

const CODE_LENGTH = 8

/** What is wrong with a pairing code as it was typed; undefined where it can be one. */
export function codeProblem(typed: string): string | undefined {
  const code = normaliseCode(typed)
  if (code === '') return strings.connection.codeMissing
  return code.length === CODE_LENGTH ? undefined : strings.connection.codeLength
}
