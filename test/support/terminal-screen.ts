import { randomUUID } from 'node:crypto'
import type { OpenTerminal, TerminalClient, TerminalState, WorkerClient } from '../../src/client/worker-client.ts'
import { withoutMarks } from './without-marks.ts'

/** A terminal and all that it has shown, for tests that wait for it. */
export class TerminalScreen {
  readonly client: TerminalClient
  readonly states: TerminalState[] = []
  #parts: Uint8Array[] = []
  readonly #waiting = new Set<() => void>()

  constructor(worker: WorkerClient, options: Partial<OpenTerminal> & { workspace: string }) {
    this.client = worker.openTerminal({
      terminal: randomUUID(),
      create: {},
      cols: 120,
      rows: 40,
      onOutput: (bytes, parsed) => {
        this.#parts.push(bytes)
        parsed()
        this.#wake()
      },
      onState: (state) => {
        this.states.push(state)
        this.#wake()
      },
      onHealth: () => this.#wake(),
      ...options,
    })
  }

  get bytes(): Buffer {
    const all = Buffer.concat(this.#parts)
    this.#parts = [all]
    return all
  }

  get text(): string {
    return withoutMarks(this.bytes.toString('utf8'))
  }

  type(text: string): void {
    this.client.write(Buffer.from(text))
  }

  /** Settles when what is seen or known makes `isSo` true. */
  async until(isSo: (screen: TerminalScreen) => boolean, limitMs = 60_000): Promise<void> {
    const deadline = AbortSignal.timeout(limitMs)
    while (!isSo(this)) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.add(resolve)
        deadline.addEventListener('abort', () =>
          reject(new Error(`Not within ${limitMs} ms. Seen: ${this.text.slice(-2000)}`)),
        )
      })
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}
