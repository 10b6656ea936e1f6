import { UploadError } from '../../../../client/uploads/upload-error.ts'
import type { WorkspaceFiles } from '../../../../client/worker-client.ts'
import { strings } from '../../../strings/index.ts'
import { announce } from '../../../ui/announcements.ts'
import { createStore } from '../../../ui/store.ts'
import { failureOf } from '../../../worker/failure.ts'
import type { DroppedFiles } from './dropped-files.ts'
import { typedWord } from './typed-word.ts'

/** A file on its way into the workspace, or one that did not get there. */
export type Upload = {
  id: number
  name: string
  sentBytes: number
  totalBytes: number
  problem: UploadProblem | undefined
}

export type UploadProblem = { message: string; hint: string | undefined }

type UploadsDeps = {
  files: WorkspaceFiles
  workspace: string
  terminal: string
  /** Puts text at the prompt. */
  insert: (text: string) => void
}

/** The files that are brought in through one terminal. The path of each is typed there, in the order they were given. */
export class TerminalUploads {
  readonly #deps: UploadsDeps
  readonly #uploads = createStore<readonly Upload[]>([])
  readonly read = this.#uploads.read
  readonly subscribe = this.#uploads.subscribe
  readonly #running = new Map<number, AbortController>()
  #lastId = 0
  #typed = Promise.resolve()
  #isDisposed = false

  constructor(deps: UploadsDeps) {
    this.#deps = deps
  }

  /** Whether files are on their way. */
  get isBusy(): boolean {
    return this.#running.size > 0
  }

  /** Brings files in. Folders are refused, one by one. */
  add({ files, folders }: DroppedFiles): void {
    for (const name of folders) {
      const { folder, folderHint } = strings.terminals.upload
      this.#fail(this.#list(name, 0), { message: folder, hint: folderHint })
    }
    for (const file of files) {
      const path = this.#upload(file)
      this.#typed = this.#typed.then(async () => this.#insert(await path))
    }
  }

  /** Stops one; nothing of it is kept. */
  cancel(id: number): void {
    this.#remove(id)
    this.#running.get(id)?.abort()
  }

  /** Takes one that failed off the list. */
  dismiss(id: number): void {
    this.#remove(id)
  }

  dispose(): void {
    this.#isDisposed = true
    for (const controller of this.#running.values()) controller.abort()
    this.#uploads.set([])
  }

  /** Resolves with the path, or with nothing where it did not get there. */
  async #upload(source: File): Promise<string | undefined> {
    const { files, workspace, terminal } = this.#deps
    const upload = this.#list(source.name, source.size)
    const controller = new AbortController()
    this.#running.set(upload.id, controller)
    try {
      const { path } = await files.upload({
        workspace,
        terminal,
        source,
        signal: controller.signal,
        onProgress: (sentBytes) => this.#change(upload.id, { sentBytes }),
      })
      this.#remove(upload.id)
      if (!this.#isDisposed) announce(strings.terminals.upload.done(upload.name))
      return path
    } catch (error) {
      if (!controller.signal.aborted) this.#fail(upload, problemOf(error))
      return undefined
    } finally {
      this.#running.delete(upload.id)
    }
  }

  #insert(path: string | undefined): void {
    if (path !== undefined && !this.#isDisposed) this.#deps.insert(`${typedWord(path)} `)
  }

  #list(name: string, totalBytes: number): Upload {
    this.#lastId += 1
    const upload: Upload = { id: this.#lastId, name, sentBytes: 0, totalBytes, problem: undefined }
    this.#uploads.set([...this.read(), upload])
    return upload
  }

  #fail({ id, name }: Upload, problem: UploadProblem): void {
    if (this.#isDisposed) return
    this.#change(id, { problem })
    announce(`${strings.terminals.upload.failed(name)}. ${problem.message}`)
  }

  #change(id: number, change: Partial<Upload>): void {
    this.#uploads.set(this.read().map((upload) => (upload.id === id ? { ...upload, ...change } : upload)))
  }

  #remove(id: number): void {
    this.#uploads.set(this.read().filter((upload) => upload.id !== id))
  }
}

function problemOf(error: unknown): UploadProblem {
  const { message, hint } = failureOf(error)
  return { message, hint: error instanceof UploadError ? error.hint : hint }
}
