import { expect, it } from 'vitest'
import { END_OF_INPUT, inputBlocks } from './input-blocks.ts'

/** What the far end makes of a stream of blocks. */
function read(stream: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = stream.indexOf('\n', at)
    const size = Number(stream.toString('latin1', at, line))
    if (size === 0) return Buffer.concat(parts)
    parts.push(stream.subarray(line + 1, line + 1 + size))
    at = line + 1 + size
  }
}

it.each([0, 1, 65_535, 65_536, 65_537, 200_000])('says of %i bytes how many there are, and holds them', (size) => {
  const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, index) => index % 11))
  expect(read(Buffer.concat([...inputBlocks(bytes), END_OF_INPUT]))).toEqual(bytes)
})

it('makes no block without bytes: that would be the end', () => {
  expect([...inputBlocks(new Uint8Array())]).toEqual([])
})
