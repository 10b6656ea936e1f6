import { StringDecoder } from 'node:string_decoder'

/** Longest line that is taken in: an engine that sends more without an end is not one. */
const LONGEST_LINE = 4_194_304

/** The lines of a stream of UTF-8, without their ends; empty ones are left out. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of source) {
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    if (rest.length > LONGEST_LINE) throw new Error('A line of the stream is too long.')
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield line
  }
  rest += decoder.end()
  if (rest.trim() !== '') yield rest
}
