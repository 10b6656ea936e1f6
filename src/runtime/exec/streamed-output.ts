import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { StringDecoder } from 'node:string_decoder'
import type { RuntimeExecPart } from '../../contract/runtime/api.ts'

/** Writes what a program says to its caller while it runs, a line of JSON each; begins to answer with the first. */
export class StreamedOutput {
  readonly #response: ServerResponse
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }

  constructor(response: ServerResponse) {
    this.#response = response
  }

  /** Resolves when the caller can take more, or has gone. */
  readonly take = async (stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> => {
    await this.#write(stream, this.#decoders[stream].write(chunk))
  }

  end(last: RuntimeExecPart): void {
    for (const stream of ['stdout', 'stderr'] as const) void this.#write(stream, this.#decoders[stream].end())
    if (this.#response.destroyed) return
    this.#begin()
    this.#response.end(lineOf(last))
  }

  async #write(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    if (text === '' || this.#response.destroyed) return
    this.#begin()
    if (this.#response.write(lineOf({ type: 'output', stream, text }))) return
    const waiting = new AbortController()
    const { signal } = waiting
    await Promise.race([once(this.#response, 'drain', { signal }), once(this.#response, 'close', { signal })])
    waiting.abort()
  }

  #begin(): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  }
}

function lineOf(part: RuntimeExecPart): string {
  return `${JSON.stringify(part)}\n`
}
