import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Progress } from '../engine.ts'
import { readLines } from './lines.ts'
import { demultiplex } from './multiplexed.ts'
import { buildProgress, pullProgress } from './progress.ts'

async function* cut(bytes: Uint8Array, at: readonly number[]): AsyncGenerator<Uint8Array, void, void> {
  let from = 0
  for (const to of [...new Set(at.map((one) => one % (bytes.length + 1)))].sort((a, b) => a - b)) {
    yield bytes.subarray(from, to)
    from = to
  }
  yield bytes.subarray(from)
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const taken: T[] = []
  for await (const one of source) taken.push(one)
  return taken
}

const cuts = fc.array(fc.nat(200), { maxLength: 12 })

describe('readLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const words = fc.array(fc.stringMatching(/^[aä漢🙂]{1,6}$/u), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(words, cuts, async (lines, at) => {
        const source = cut(Buffer.from(lines.map((line) => `${line}\n`).join('')), at)
        expect(await all(readLines(source))).toEqual(lines)
      }),
    )
  })
})

describe('demultiplex', () => {
  it('puts together what was sent, however the bytes are cut', async () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array({ minLength: 1, maxLength: 20 })), {
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(frames, cuts, async (sent, at) => {
        const packed = sent.map(([stream, payload]) => {
          const header = Buffer.alloc(8)
          header[0] = stream
          header.writeUInt32BE(payload.length, 4)
          return Buffer.concat([header, payload])
        })
        const got = await all(demultiplex(cut(Buffer.concat(packed), at)))
        expect(got.map(({ stream, bytes }) => [stream === 'stdout' ? 1 : 2, [...bytes]])).toEqual(
          sent.map(([stream, payload]) => [stream, [...payload]]),
        )
      }),
    )
  })
})

describe('progress', () => {
  it('counts the steps of a build and shows what they print, plain', () => {
    const told: Progress[] = []
    const take = buildProgress((progress) => told.push(progress))
    take({ stream: 'Step 2/4 : RUN apt-get update\n' })
    take({ stream: ' ---> Running in 1234\n' })
    take({ stream: '\u001b[32mGet:1 something\u001b[0m\n' })
    expect(told).toEqual([
      { percent: 25, detail: 'Step 2 of 4: RUN apt-get update' },
      { percent: 25, detail: 'Get:1 something' },
    ])
  })

  it('adds up the layers of a pull', () => {
    const told: Progress[] = []
    const take = pullProgress((progress) => told.push(progress))
    take({ id: 'a', status: 'Downloading', progressDetail: { current: 10, total: 100 } })
    take({ id: 'b', status: 'Downloading', progressDetail: { current: 90, total: 100 } })
    take({ id: 'a', status: 'Download complete', progressDetail: {} })
    expect(told.map(({ percent }) => percent)).toEqual([10, 50, 95])
  })
})
