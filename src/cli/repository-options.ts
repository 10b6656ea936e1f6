import { readFileSync } from 'node:fs'
import { RefName, RepositoryAddress } from '../contract/agent/repository.ts'
import { StartScript } from '../contract/agent/workspace.ts'
import { completeAddress } from '../domain/repository-address.ts'
import { usageFailure } from './cli-failure.ts'

/** `--clone`. What was typed is not repeated: it may hold a password. */
export function parseAddress(text: string): string {
  const address = RepositoryAddress.safeParse(completeAddress(text))
  if (address.success) return address.data
  throw usageFailure('--clone was not understood.', address.error.issues[0]?.message)
}

/** `--branch`, `--new-branch`. */
export function parseRef(text: string): string {
  const name = RefName.safeParse(text)
  if (name.success) return name.data
  throw usageFailure(`“${text}” cannot be the name of a branch.`, 'Names are such as main or feature/login.')
}

/** `--start-script`: the content of a file of this computer. */
export function readScript(file: string): string {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch {
    throw usageFailure(`“${file}” cannot be read.`, 'Name a file of this computer.')
  }
  const script = StartScript.safeParse(content)
  if (script.success) return script.data
  throw usageFailure(`“${file}” cannot be a start script.`, 'It is text of at most 16,384 characters.')
}
