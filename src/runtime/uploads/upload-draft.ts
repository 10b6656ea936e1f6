import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, link, open, rename, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { numberedName } from '../../domain/file-name.ts'
import { ownMark } from '../terminals/holder.ts'
import { DRAFT_PREFIX, NOTE_SUFFIX } from './earlier-drafts.ts'
import { asRefusal, noRoom, UploadRefusal } from './upload-refusal.ts'

/** Names that are tried before a file is refused: `photo.png` to `photo-999.png`. */
const MOST_NAMES = 999
/** What the file system of a folder says where it has no hard links. */
const NO_LINKS: ReadonlySet<unknown> = new Set(['EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EMLINK'])

/**
 * A file that is not there yet: hidden in the folder that it is for until `keepAs`, and gone when it is disposed of without.
 * A note in `notes` names it, for a runtime that comes after one that was killed. Its methods throw `UploadRefusal`.
 */
export class UploadDraft implements AsyncDisposable {
  private readonly folder: string
  private readonly path: string
  private readonly note: string
  private readonly handle: FileHandle

  private constructor(place: { folder: string; path: string; note: string }, handle: FileHandle) {
    this.folder = place.folder
    this.path = place.path
    this.note = place.note
    this.handle = handle
  }

  static async begin({ folder, size, notes }: { folder: string; size: number; notes: string }): Promise<UploadDraft> {
    const id = randomUUID()
    const path = join(folder, DRAFT_PREFIX + id)
    const note = join(notes, `${ownMark()}-${id}${NOTE_SUFFIX}`)
    try {
      const { bavail, bsize } = await statfs(folder)
      if (bavail * bsize < size) throw noRoom(bavail * bsize)
      writeFileSync(note, path, { mode: 0o600, flag: 'wx' })
      return new UploadDraft({ folder, path, note }, await open(path, 'wx', 0o644))
    } catch (error) {
      rmSync(note, { force: true })
      throw asRefusal(error, folder)
    }
  }

  /** Adds `bytes` at the end; one call at a time. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.handle.write(bytes, done)
        done += bytesWritten
      }
    } catch (error) {
      throw asRefusal(error, this.folder)
    }
  }

  /** Gives it its name, or the next that is free; whatever has that name already stays. Returns its path. */
  async keepAs(name: string): Promise<string> {
    try {
      await this.handle.sync()
      for (let number = 1; number <= MOST_NAMES; number += 1) {
        const path = join(this.folder, numberedName(name, number))
        if (await this.take(path)) return path
      }
    } catch (error) {
      throw asRefusal(error, this.folder)
    }
    throw new UploadRefusal('CONFLICT', `“${this.folder}” has ${MOST_NAMES} files of this name already.`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.path, { force: true })
    rmSync(this.note, { force: true })
    await this.handle.close()
  }

  /** False where there is something of that name. Neither of the two ways follows a link or writes over anything. */
  private async take(path: string): Promise<boolean> {
    try {
      await link(this.path, path)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      if (!NO_LINKS.has(codeOf(error))) throw error
    }
    return await this.takeByRename(path)
  }

  private async takeByRename(path: string): Promise<boolean> {
    try {
      const reserved = await open(path, 'wx', 0o644)
      await reserved.close()
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
    await rename(this.path, path)
    return true
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
