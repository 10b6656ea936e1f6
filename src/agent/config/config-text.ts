import {
  applyEdits,
  findNodeAtLocation,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { z } from 'zod'
import { AgentConfig } from './config.ts'

/** Why a text is no configuration: the line, and what is the matter, without anything that stands in it. */
export class ConfigProblem extends Error {
  readonly line: number

  constructor(line: number, reason: string) {
    super(reason)
    this.name = 'ConfigProblem'
    this.line = line
  }
}

/** A change of one value of the file; undefined removes the key. */
export interface ConfigEdit {
  path: string[]
  value: unknown
}

const REASONS: Partial<Record<ReturnType<typeof printParseErrorCode>, string>> = {
  InvalidSymbol: 'there is a word that JSON does not have',
  InvalidNumberFormat: 'there is a number that JSON does not have',
  PropertyNameExpected: 'the name of a key is expected, in double quotes',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'there is something after the end',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'a text has no end on its line',
  InvalidEscapeCharacter: 'there is an escape that JSON does not have',
  InvalidUnicode: 'there is an escape that JSON does not have',
  InvalidCharacter: 'there is a character that JSON does not have',
}

/** Reads the text of `config.json`. Throws `ConfigProblem`, whose words hold no value: they may be secrets. */
export function parseConfigText(text: string): AgentConfig {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  const [first] = errors
  if (first !== undefined || tree === undefined) {
    const code = first === undefined ? 'ValueExpected' : printParseErrorCode(first.error)
    throw new ConfigProblem(lineAt(text, first?.offset ?? 0), `${REASONS[code] ?? 'it is not JSON'}.`)
  }
  const parsed = AgentConfig.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw problemOf(text, tree, parsed.error.issues[0])
}

function problemOf(text: string, tree: Node, issue: z.core.$ZodIssue | undefined): ConfigProblem {
  const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? '' : part))
  let node = findNodeAtLocation(tree, path)
  for (let depth = path.length - 1; node === undefined && depth >= 0; depth -= 1) {
    node = findNodeAtLocation(tree, path.slice(0, depth))
  }
  // A key that does not fit may be a value in the wrong place: it is not repeated.
  const isKey = issue?.code === 'invalid_key'
  const where = (isKey ? path.slice(0, -1) : path).join('.') || 'the whole file'
  const reason = isKey ? 'the name of this line does not fit' : (issue?.message ?? 'it is not understood')
  return new ConfigProblem(lineAt(text, node?.offset ?? 0), `${where}: ${reason.replace(/\.$/, '')}.`)
}

/** `text` with some of its values changed; everything else of it stays as it is written. */
export function editConfigText(text: string, edits: readonly ConfigEdit[]): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' }
  return edits.reduce((edited, { path, value }) => {
    const tree = parseTree(edited)
    const isThere = tree !== undefined && findNodeAtLocation(tree, path) !== undefined
    return value === undefined && !isThere
      ? edited
      : applyEdits(edited, modify(edited, path, value, { formattingOptions }))
  }, text)
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
