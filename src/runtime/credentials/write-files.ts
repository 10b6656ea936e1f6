import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { CredentialEntry, RuntimeCredentialFiles } from '../../contract/runtime/credential-files.ts'

/** Why files cannot be written; the user of the workspace can mend it. */
export class FilesRefusal extends Error {}

/**
 * Writes files into the home, each whole or not at all, with the modes that they come with. Runs as the user. Folders that
 * are links are followed as long as they lead to a place in the home; a link in the place of a file is replaced. Throws
 * `FilesRefusal`.
 */
export function writeCredentialFiles(
  home: string,
  { destination, entries, keepExisting }: RuntimeCredentialFiles,
): void {
  const target = inHome(home, destination)
  try {
    for (const entry of entries) writeEntry(home, join(target, entry.path), { entry, keepExisting })
  } catch (error) {
    if (error instanceof FilesRefusal) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new FilesRefusal(`${destination} could not be written (${code}).`, { cause: error })
  }
}

function inHome(home: string, destination: string): string {
  if (destination.startsWith('~/')) return join(home, destination.slice(2))
  const below = relative(home, destination)
  if (below !== '' && !below.startsWith('..')) return destination
  throw new FilesRefusal(`${destination} is not in the home folder. Write it as ~/path.`)
}

function writeEntry(
  home: string,
  path: string,
  { entry, keepExisting }: { entry: CredentialEntry; keepExisting: boolean },
): void {
  // Folders that lead to it, where they are not there: closed to others, for they hold secrets.
  makeFolder(home, dirname(path), 0o700)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found !== undefined && keepExisting && entry.kind === 'file') return
  if (entry.kind === 'folder') {
    const isNew = makeFolder(home, path, entry.mode)
    if (isNew) chmodSync(path, entry.mode | 0o700)
    return
  }
  if (found?.isDirectory() === true) {
    throw new FilesRefusal(`~/${relative(home, path)} is a folder, and a file is to be there.`)
  }
  const draft = `${path}.${randomBytes(4).toString('hex')}.berth`
  try {
    writeFileSync(draft, Buffer.from(entry.content, 'base64'), { mode: 0o600, flag: 'wx' })
    chmodSync(draft, entry.mode)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Makes a folder of the home where there is none, and those around it. Whether it was not there. */
function makeFolder(home: string, path: string, mode: number): boolean {
  if (path === home) return false
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) {
    makeFolder(home, dirname(path), 0o700)
    mkdirSync(path, { mode: mode | 0o700 })
    return true
  }
  if (!found.isDirectory()) throw new FilesRefusal(`~/${relative(home, path)} is a file, and a folder has to be there.`)
  const real = relative(realpathSync(home), realpathSync(path))
  if (real.startsWith('..'))
    throw new FilesRefusal(`~/${relative(home, path)} is a link that leads out of the home folder.`)
  return false
}
