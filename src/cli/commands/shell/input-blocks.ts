/** Bytes of one block: what is read at once at the other end. */
const BLOCK_BYTES = 65_536

/** The block that ends the input. */
export const END_OF_INPUT: Uint8Array = Buffer.from('0\n')

/** Input as blocks: the number of their bytes as a line, then the bytes. */
export function* inputBlocks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += BLOCK_BYTES) {
    const block = bytes.subarray(start, start + BLOCK_BYTES)
    yield Buffer.concat([Buffer.from(`${block.byteLength}\n`), block])
  }
}
