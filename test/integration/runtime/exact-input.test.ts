import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let runtime: RuntimeContainer

beforeAll(async () => {
  runtime = await RuntimeContainer.booted()
})
afterAll(async () => {
  await runtime[Symbol.asyncDispose]()
})

/** Numbers from 0 up to `below` that come the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('input arrives once and in order over connections that break at any byte, and so does its echo', async () => {
  const next = seeded(20_261_120)
  const input = randomBytes(400_000)
  const create = { command: ['sh', '-c', 'stty raw -echo; printf R; exec cat'] }
  let probe = await TerminalProbe.attach(runtime, { create })
  await probe.until(() => probe.offset === 1)
  const probes = [probe]
  const { terminal, client } = probe
  let sent = 0
  let drops = 0
  while (probe.offset < input.length + 1) {
    const breaksAt = drops < 25 ? probe.offset + 1 + next(30_000) : Number.POSITIVE_INFINITY
    while (probe.offset < breaksAt && probe.offset < input.length + 1) {
      // At most 256 KiB under way, in pieces of any size.
      while (sent < input.length && sent - probe.inputAcked < 262_144) {
        const piece = input.subarray(sent, sent + 1 + next(8_000))
        probe.type(piece)
        sent += piece.length
      }
      const { offset, inputAcked } = probe
      await probe.until(() => probe.offset > offset || probe.inputAcked > inputAcked)
    }
    if (probe.offset >= input.length + 1) break
    probe.drop()
    drops += 1
    const after = probe.offset
    probe = await TerminalProbe.attach(runtime, { terminal, client, after })
    expect(probe.attached.offset).toBe(after)
    sent = probe.attached.inputOffset
    probe.inputAcked = sent
    probes.push(probe)
  }
  // Where they break is up to chance, and so is how often.
  expect(drops).toBeGreaterThan(2)
  const output = Buffer.concat(probes.map((each) => each.output))
  expect(output.subarray(1).equals(input)).toBe(true)
})
