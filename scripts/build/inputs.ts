import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** Tests are no part of what is built. */
const TEST = /\.(test|test-d|spec)\.tsx?$/

/**
 * One digest of everything that `inputs` (files and folders, as paths from `root`) hold: names and contents. What does not
 * exist counts as empty. Two equal digests mean that a build would come out the same.
 */
export async function digestOf(root: string, inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of await filesOf(path.join(root, input))) {
      hash.update(path.relative(root, file)).update('\0')
      hash.update(await readFile(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

/** Every file below `place`, or `place` itself, in one order. */
async function filesOf(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined)
  if (!found) return []
  if (found.isFile()) return [place]
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}
