import { readFile, rename } from 'node:fs/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import { replaceFile } from '../../files/replace-file.ts'
import { WorkerRecord } from './worker-record.ts'

const WorkerFile = z.object({ version: z.literal(1), workers: z.array(z.unknown()) })

/** The remote workers in a file of the app's folder. */
export class WorkerStore {
  readonly #file: string
  readonly #log: Logger
  /** Entries of a newer version: they are written back as they were. */
  #unread: unknown[] = []
  /** A list that could not be read must not be replaced by one that knows nothing of it. */
  #isRead = false
  #last: Promise<void> = Promise.resolve()

  constructor(file: string, log: Logger) {
    this.#file = file
    this.#log = log
  }

  /** What can be read of it. What cannot is kept: a whole file under another name, an entry in its place in the list. */
  async read(): Promise<WorkerRecord[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    })
    this.#isRead = true
    if (text === undefined) return []
    const file = WorkerFile.safeParse(parsed(text))
    if (!file.success) {
      this.#log.error('the list of workers cannot be read, and was put aside')
      await rename(this.#file, `${this.#file}.unread`)
      return []
    }
    const entries = file.data.workers.map((entry) => ({ entry, record: WorkerRecord.safeParse(entry).data }))
    this.#unread = entries.filter(({ record }) => record === undefined).map(({ entry }) => entry)
    if (this.#unread.length > 0) this.#log.error({ count: this.#unread.length }, 'workers in the list cannot be read')
    return entries.flatMap(({ record }) => (record === undefined ? [] : [record]))
  }

  /** Replaces the list; writes follow each other. Rejects where it was not read, and where the disk takes nothing. */
  write(workers: readonly WorkerRecord[]): Promise<void> {
    if (!this.#isRead) return Promise.reject(new Error('The list of workers could not be read, and is left as it is.'))
    const text = JSON.stringify({ version: 1, workers: [...workers, ...this.#unread] }, undefined, 2)
    const written = this.#last.then(() => replaceFile(this.#file, `${text}\n`))
    this.#last = written.catch(() => undefined)
    return written
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut short or edited by hand: the caller says that it cannot be read.
    return undefined
  }
}
