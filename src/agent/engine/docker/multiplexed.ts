import type { ExecOutput } from '../engine.ts'

const HEADER_BYTES = 8

/**
 * Takes apart the engine's stream of a program without a terminal: frames of 8 bytes (stream, 0, 0, 0, length as
 * big-endian 32 bits) and their payload. Source: "Stream format" of the Docker Engine API, `ContainerAttach`.
 */
export async function* demultiplex(source: AsyncIterable<Uint8Array>): AsyncGenerator<ExecOutput, void, void> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEADER_BYTES) {
      const length = rest.readUInt32BE(4)
      if (rest.length < HEADER_BYTES + length) break
      yield {
        stream: rest[0] === 2 ? 'stderr' : 'stdout',
        bytes: rest.subarray(HEADER_BYTES, HEADER_BYTES + length),
      }
      rest = rest.subarray(HEADER_BYTES + length)
    }
  }
}
