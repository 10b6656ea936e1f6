import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes a file that its owner alone may read (0600), whole or not at all. One writer, whose calls follow each other: a
 * draft that is there when a call begins was left by a crash, and goes.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await removeDrafts(file)
  const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

/** Removes what a crash in the middle of a write has left, under a name that nobody would look for. */
export async function removeDrafts(file: string): Promise<void> {
  const folder = path.dirname(file)
  const stem = `${path.basename(file)}.`
  const names = await readdir(folder).catch(() => [])
  const drafts = names.filter((name) => name.startsWith(stem) && /^[0-9a-f]{8}\.tmp$/.test(name.slice(stem.length)))
  await Promise.all(drafts.map((name) => rm(path.join(folder, name), { force: true })))
}
