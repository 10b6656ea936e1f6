import type { StateFile, WorkspaceRecord } from './records.ts'
import { saveState } from './state-file.ts'

/**
 * The records of workspaces in memory, and their file. One writer: writes follow each other, and changes made while one
 * is under way go together into the next.
 */
export class StateStore {
  readonly #file: string
  /** The file as it was read: keys that are not known here are kept. */
  readonly #loaded: StateFile
  readonly #records: Map<string, WorkspaceRecord>
  #writing: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(file: string, loaded: StateFile) {
    this.#file = file
    this.#loaded = loaded
    this.#records = new Map(Object.entries(loaded.workspaces))
  }

  all(): WorkspaceRecord[] {
    return [...this.#records.values()]
  }

  get(name: string): WorkspaceRecord | undefined {
    return this.#records.get(name)
  }

  /** Takes a change in at once; the promise settles when it lasts, and rejects when it could not be written. */
  put(record: WorkspaceRecord): Promise<void> {
    this.#records.set(record.name, record)
    return this.#write()
  }

  delete(name: string): Promise<void> {
    this.#records.delete(name)
    return this.#write()
  }

  /** Settles when all that was taken in is written, or failed to be. */
  async flush(): Promise<void> {
    await Promise.allSettled([this.#writing, this.#next])
  }

  #write(): Promise<void> {
    if (this.#next !== undefined) return this.#next
    const before = this.#writing
    const next = (before ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        this.#writing = next
        // Read at the last moment: what was changed meanwhile goes along.
        return saveState(this.#file, { ...this.#loaded, workspaces: Object.fromEntries(this.#records) })
      })
      .finally(() => {
        if (this.#writing === next) this.#writing = undefined
      })
    this.#next = next
    return next
  }
}
