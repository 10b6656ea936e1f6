import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseEnv } from 'node:util'
import { Environment, EnvironmentName } from '../contract/names.ts'
import { usageFailure } from './cli-failure.ts'

/** Longest file of variables that is read: more than a workspace could receive. */
const MOST_BYTES = 4 * 1_048_576

/**
 * `--env NAME`, any number of times: takes the value from this command's own environment. One that stood in the command line
 * could be read by every program of the computer, and would stay in the shell's history.
 */
export function collectVariable(
  text: string,
  before: Record<string, string>,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  // What follows may be a secret, so it is not repeated.
  if (text.includes('=')) {
    throw usageFailure(
      '--env takes a name alone: other programs can read what stands in a command line.',
      'Set the variable before, and name it: --env NAME. Or write NAME=VALUE into a file: --env-file FILE.',
    )
  }
  const name = EnvironmentName.safeParse(text)
  if (!name.success) throw usageFailure('--env was not understood.', 'Name a variable of this command’s environment.')
  const value = environment[name.data]
  if (value !== undefined) return checked({ ...before, [name.data]: value }, `--env ${name.data}`)
  throw usageFailure(
    `There is no variable ${name.data} here to take the value of.`,
    `Set it before (export ${name.data}), or write it into a file: --env-file FILE.`,
  )
}

/** `--env-file FILE`, any number of times: lines of NAME=VALUE, as in a `.env` file. A later one goes before. */
export function collectVariablesOf(file: string, before: Record<string, string>): Record<string, string> {
  const variables = parseEnv(readText(file))
  if (Object.keys(variables).length === 0) {
    throw usageFailure(`“${file}” holds no variables.`, 'They are lines of NAME=VALUE.')
  }
  const named = Object.entries(variables).map(([name, value = '']) => [name, value] as const)
  return checked({ ...before, ...Object.fromEntries(named) }, `“${file}”`)
}

function readText(file: string): string {
  let text: Buffer
  try {
    text = readFileSync(file)
  } catch {
    throw usageFailure(`“${file}” cannot be read.`, 'Name a file of this computer.')
  }
  if (text.length > MOST_BYTES) throw usageFailure(`“${file}” is too large.`, 'At most 512 KiB can be given.')
  return text.toString('utf8')
}

function checked(variables: Record<string, string>, origin: string): Record<string, string> {
  const environment = Environment.safeParse(variables)
  if (environment.success) return environment.data
  const reason = environment.error.issues.find(({ code }) => code === 'custom' || code === 'too_big')?.message
  throw usageFailure(`${origin} cannot be taken.`, reason ?? 'Names are of letters, digits and _.')
}
