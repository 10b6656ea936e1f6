import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isHolderAlive } from '../terminals/holder.ts'

/** How the drafts of files that are being uploaded are called, and the notes of where they are. */
export const DRAFT_PREFIX = '.berth-upload-'
export const NOTE_SUFFIX = '.upload'

/** Removes the drafts that runtimes which were killed have left; their notes in `folder` say where they are. Runs as the user. */
export function removeEarlierDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(NOTE_SUFFIX) || isHolderAlive(name)) continue
    const note = join(folder, name)
    const draft = readFileSync(note, 'utf8')
    if (basename(draft).startsWith(DRAFT_PREFIX)) rmSync(draft, { force: true })
    rmSync(note, { force: true })
  }
}
