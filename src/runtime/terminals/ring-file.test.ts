import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RING_BYTES } from '../../contract/terminal/limits.ts'
import { RingFile } from './ring-file.ts'

let folder = ''
let rings = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-ring-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const newRing = (): RingFile => {
  rings += 1
  return RingFile.create(join(folder, `${rings}.ring`))
}

/** A stream in which each place is told from its neighbours. */
function stream(offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length; index += 1) bytes[index] = ((offset + index) * 7 + ((offset + index) >> 9)) & 0xff
  return bytes
}

test('all that was appended is there for whoever opens the file after its writer was killed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700_000 }), { maxLength: 40 }), (lengths) => {
      const ring = newRing()
      for (const length of lengths) expect(ring.append(stream(ring.end, length))).toBeUndefined()
      const again = RingFile.reopen(ring.path)
      expect([again.end, again.start]).toEqual([ring.end, ring.start])
      expect(again.read(again.start, again.end - again.start).equals(stream(ring.start, ring.end - ring.start))).toBe(
        true,
      )
      again.append(stream(again.end, 100))
      const third = RingFile.reopen(ring.path)
      expect(third.read(third.end - 100, 100).equals(stream(third.end - 100, 100))).toBe(true)
      for (const one of [ring, again, third]) one.dispose()
    }),
    { numRuns: 15 },
  )
})

test('of a file that is shorter than what it counts nothing is offered, and what is no ring is refused', () => {
  const ring = newRing()
  ring.append(stream(0, RING_BYTES))
  truncateSync(ring.path, 1_000_000)
  const again = RingFile.reopen(ring.path)
  expect([again.start, again.end, again.holds(0)]).toEqual([RING_BYTES, RING_BYTES, false])
  truncateSync(ring.path, 10)
  expect(() => RingFile.reopen(ring.path)).toThrow()
  writeFileSync(ring.path, Buffer.alloc(5000))
  expect(() => RingFile.reopen(ring.path)).toThrow('no ring')
})
