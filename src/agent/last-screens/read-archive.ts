import { posix } from 'node:path'
import { Readable } from 'node:stream'
import tar from 'tar-stream'
import { z } from 'zod'

/** A regular file of an archive. Links, devices and pipes are none. */
export interface ArchivedFile {
  /** Without its folders. */
  name: string
  sizeBytes: number
  /** Milliseconds since the epoch. */
  changedAtMs: number
  /** Its content; at most once, and before the next file is asked for. */
  read(): Promise<Buffer>
}

export interface ArchiveLimits {
  /** Whatever they are. */
  mostEntries: number
  /** Of all contents, read or not. */
  mostBytes: number
}

/**
 * The regular files in the tar of a folder or of one file, in their order; those in further folders are left out. Who made the
 * files may have meant ill: where the limits end, so does what is told. Leaving the loop lets go of `source`.
 */
export async function* filesOf(source: Readable, limits: ArchiveLimits): AsyncGenerator<ArchivedFile, void, void> {
  const extract = tar.extract()
  source.on('error', (error: Error) => extract.destroy(error))
  source.pipe(extract)
  let [entries, bytes] = [0, 0]
  try {
    for await (const entry of extract) {
      const { type, name, size, mtime } = entry.header
      entries += 1
      bytes += size
      if (entries > limits.mostEntries || bytes > limits.mostBytes) return
      const isRead = { yet: false }
      if (type === 'file' && name.split('/').length <= 2) {
        const read = (): Promise<Buffer> => {
          isRead.yet = true
          return contentOf(entry)
        }
        yield { name: posix.basename(name), sizeBytes: size, changedAtMs: mtime.getTime(), read }
      }
      if (!isRead.yet) entry.resume()
    }
  } finally {
    source.destroy()
  }
}

/** tar-stream's streams are not Node's own, and say nothing of what they hold. */
async function contentOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of Readable.from(entry, { objectMode: true })) parts.push(z.instanceof(Uint8Array).parse(part))
  return Buffer.concat(parts)
}
