import { LONGEST_LOG_LINE, type LogLine, type LogSource } from '../../contract/agent/log-line.ts'

/** Lines that are kept of one workspace. */
const KEPT_LINES = 2000

interface Pages {
  lines: LogLine[]
  /** Lines that were written, kept or not. */
  written: number
  readers: Set<() => void>
}

/**
 * What was printed for workspaces outside of their containers' own output: builds of images, scripts. In memory, the last
 * 2,000 lines of each. Who writes here leaves secrets out.
 */
export class Journal {
  readonly #now: () => Date
  readonly #pages = new Map<string, Pages>()

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Writes lines; `text` may hold several. Never waits. */
  write(workspaceId: string, source: LogSource, text: string): void {
    const pages = this.#of(workspaceId)
    const at = this.#now().toISOString()
    const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
    for (const line of lines) pages.lines.push({ at, source, text: line.slice(0, LONGEST_LOG_LINE) })
    pages.written += lines.length
    // Trimmed in blocks: taking lines from the front of a long array one by one is slow.
    if (pages.lines.length > KEPT_LINES * 2) pages.lines.splice(0, pages.lines.length - KEPT_LINES)
    for (const wake of pages.readers) wake()
  }

  /** What is kept, in its order. */
  lines(workspaceId: string): readonly LogLine[] {
    return this.#pages.get(workspaceId)?.lines.slice(-KEPT_LINES) ?? []
  }

  /** Every line from now on, until `signal` aborts. A reader holds a place alone: who lags misses lines that are not kept. */
  async *follow(workspaceId: string, signal: AbortSignal): AsyncGenerator<LogLine, void, void> {
    const pages = this.#of(workspaceId)
    let place = pages.written
    let wake = (): void => undefined
    const stir = (): void => wake()
    pages.readers.add(stir)
    signal.addEventListener('abort', stir)
    try {
      while (!signal.aborted) {
        place = Math.max(place, pages.written - pages.lines.length)
        const line = pages.lines[pages.lines.length - (pages.written - place)]
        if (line === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        } else {
          place += 1
          yield line
        }
      }
    } finally {
      pages.readers.delete(stir)
      signal.removeEventListener('abort', stir)
    }
  }

  /** For a workspace that is gone. */
  forget(workspaceId: string): void {
    this.#pages.delete(workspaceId)
  }

  #of(workspaceId: string): Pages {
    const known = this.#pages.get(workspaceId)
    if (known !== undefined) return known
    const pages: Pages = { lines: [], written: 0, readers: new Set() }
    this.#pages.set(workspaceId, pages)
    return pages
  }
}
