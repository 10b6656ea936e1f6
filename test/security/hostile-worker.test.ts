import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { WorkerSummary } from '../../src/contract/desktop/worker.ts'
import { CLOSE } from '../../src/contract/terminal/limits.ts'
import { RegistryFixture } from '../support/registry.ts'
import { ScreenEnd } from '../support/screen-end.ts'
import { StandInAgent } from '../support/stand-in-agent.ts'

const NEVER = new AbortController().signal
const MEBIBYTE = 1_048_576
/** What the whole of an attack may add to the memory of the app's process, garbage included. */
const MOST_MEMORY_BYTES = 512 * MEBIBYTE
/** How many times as long as before another worker may take to answer meanwhile; below the floor a busy machine alone may be why. */
const MOST_TIMES_SLOWER = 10
const NOISE_MS = 2_000
/** What its slowest answer may take: what screens do with twenty thousand rows is done in this process too. */
const MOST_WAIT_MS = 15_000
const CALM_CALLS = 50
/** An address is looked at for ten seconds, and connected to within ten. */
const PROBE_MS = 20_000

const Started = z.object({
  ports: z.record(z.string(), z.number()),
  atHealth: z.array(z.string()),
  atPairing: z.array(z.string()),
  paired: z.array(z.string()),
})

let hostile: ChildProcess
let { ports, atHealth, atPairing, paired }: z.infer<typeof Started> = {
  ...{ ports: {}, atHealth: [], atPairing: [], paired: [] },
}
const visits: string[] = []
let honest: StandInAgent
let fixture: RegistryFixture
let honestId: string
/** How long it takes to answer while nobody attacks: the median. */
let calmMs: number
const ids = new Map<string, string>()
/** Lists that a screen would not have been given: the bridge checks each. */
const refused: unknown[] = []

const addressOf = (name: string): string => `http://127.0.0.1:${ports[name]}`
const summaryOf = (name: string): WorkerSummary | undefined => fixture.summary(ids.get(name) ?? '')

/** How long the honest worker took to answer, once it was asked. */
async function answerMs(): Promise<number> {
  const since = performance.now()
  expect(await fixture.client(honestId).api.info()).toMatchObject({ hostname: 'stand-in' })
  return performance.now() - since
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

interface Seen {
  medianMs: number
  slowestMs: number
  grownBytes: number
}

/** Does `attack` while another worker is asked on and on. Says how long its answers took, and what the app's memory grew by. */
async function beside(attack: () => Promise<void>): Promise<Seen> {
  const before = process.memoryUsage().rss
  const waits: number[] = []
  const seen = { grownBytes: 0, isOver: false }
  const asking = (async () => {
    while (!seen.isOver) {
      waits.push(await answerMs())
      seen.grownBytes = Math.max(seen.grownBytes, process.memoryUsage().rss - before)
      await delay(20)
    }
  })()
  await attack().finally(() => {
    seen.isOver = true
  })
  await asking
  const [medianMs, slowestMs] = [medianOf(waits), Math.max(...waits)]
  const [calm, median, slow] = [calmMs, medianMs, slowestMs].map((ms) => ms.toFixed(1))
  const grown = (seen.grownBytes / MEBIBYTE).toFixed(0)
  process.stdout.write(
    `hostile worker: another answers in ${median} ms (${calm} before), ${slow} at worst; ${grown} MiB more\n`,
  )
  return { medianMs, slowestMs, grownBytes: seen.grownBytes }
}

function expectBearable({ medianMs, slowestMs, grownBytes }: Seen): void {
  expect(medianMs).toBeLessThan(Math.max(MOST_TIMES_SLOWER * calmMs, NOISE_MS))
  expect(slowestMs).toBeLessThan(MOST_WAIT_MS)
  expect(grownBytes).toBeLessThan(MOST_MEMORY_BYTES)
  expect(fixture.summary(honestId)).toMatchObject({ status: 'active', diagnostics: [] })
  expect(refused).toEqual([])
  expect(visits).toEqual([])
}

describe('a worker that wishes the app ill', () => {
  beforeAll(async () => {
    hostile = spawn(process.execPath, [path.join(import.meta.dirname, '../support/hostile-process.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    if (hostile.stdout === null) throw new Error('It has no output.')
    const lines = createInterface(hostile.stdout)
    const [first] = await once(lines, 'line')
    ;({ ports, atHealth, atPairing, paired } = Started.parse(JSON.parse(String(first))))
    lines.on('line', (line) => void visits.push(line))
    honest = await StandInAgent.start()
    fixture = await RegistryFixture.start()
    fixture.registry.summaries.subscribe((summaries) => {
      if (!WorkerSummary.array().safeParse(summaries).success) refused.push(summaries)
    })
    const outcome = await fixture.registry.add({ host: `127.0.0.1:${honest.port}`, code: 'KF7M-2QXD' })
    if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
    honestId = outcome.worker.id
    const calm: number[] = []
    for (let call = 0; call < CALM_CALLS; call += 1) calm.push(await answerMs())
    calmMs = medianOf(calm)
    for (const name of paired) {
      const added = await fixture.registry.add({ host: addressOf(name), code: 'KF7M-2QXD' })
      if (added.status !== 'added') throw new Error(`Adding ${name} came to ${JSON.stringify(added)}`)
      ids.set(name, added.worker.id)
    }
  })
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
    await honest[Symbol.asyncDispose]()
    const ended = once(hostile, 'exit')
    hostile.stdin?.end()
    await ended
  })

  it('gets no further where it is looked at: it is no agent, and that is known in time', async () => {
    const outcomes = new Map<string, unknown>()
    const fooling = atHealth.filter((name) => name !== 'lie')
    const seen = await beside(async () => {
      await Promise.all(
        fooling.map(async (name) => {
          const since = performance.now()
          outcomes.set(name, await fixture.registry.test(addressOf(name), NEVER))
          expect(performance.now() - since, name).toBeLessThan(PROBE_MS)
        }),
      )
    })
    for (const [name, outcome] of outcomes) expect(outcome, name).toMatchObject({ reached: false, hop: 'agent' })
    const told = await fixture.registry.test(addressOf('lie'), NEVER)
    expect(told).toMatchObject({
      reached: true,
      version: expect.stringMatching(/^ ?\[2J <img src=x onerror=alert\(1\)> gpj x+$/),
    })
    expectBearable(seen)
  })

  it('gets nothing kept where it answers to a code with what is no token', async () => {
    const before = fixture.registry.summaries.value.length
    const seen = await beside(async () => {
      for (const name of atPairing) {
        const outcome = await fixture.registry.add({ host: addressOf(name), code: 'KF7M-2QXD' })
        expect(outcome, name).toMatchObject({ status: 'unreached', probe: { hop: 'agent' } })
      }
    })
    expect(fixture.registry.summaries.value.length).toBe(before)
    expectBearable(seen)
  })

  it('takes nothing from the others once it is paired, whatever it answers', async () => {
    const isBad = [
      'oversized',
      'fragments',
      'answerWithoutEnd',
      'deepAnswer',
      'nonsense',
      'otherTypes',
      ...['redirectedUpgrade', 'endlessInterimUpgrade', 'endlessRefusal'],
    ]
    const isLate = ['neverAnswers', 'drippedUpgrade']
    const seen = await beside(async () => {
      hostile.stdin?.write('turn\n')
      for (const name of [...isBad, ...isLate]) {
        const code = isLate.includes(name) ? 'remote_runtime_timeout' : 'remote_runtime_malformed_response'
        await expect
          .poll(() => summaryOf(name), { message: name, timeout: 60_000 })
          .toMatchObject({ status: 'unreachable', diagnostics: [{ code }] })
      }
      await expect
        .poll(() => summaryOf('lies'))
        .toMatchObject({
          status: 'active',
          hostname: expect.stringMatching(/^\[2J <img src=x onerror=alert\(1\)> gpj x+$/),
        })
      expect(summaryOf('lies')).not.toHaveProperty('scope')
      await expect.poll(() => summaryOf('rows')?.status).toBe('active')
      const rows = await fixture.client(ids.get('rows') ?? '').api.workspaces.list()
      expect(rows.length).toBe(20_000)
    })
    expectBearable(seen)
  })

  it('is slowed where it answers a screen without end, and let go where it was told to wait', async () => {
    await expect.poll(() => summaryOf('gushes')?.status).toBe('active')
    const worker = ids.get('gushes') ?? ''
    const flooded = new ScreenEnd(fixture.registry, { kind: 'terminal', worker, workspace: 'x' })
    await expect.poll(() => flooded.code).toBe(CLOSE.refused)
    expect(flooded.bytes).toBeLessThanOrEqual(8 * MEBIBYTE)

    const calls = new ScreenEnd(fixture.registry, { kind: 'worker', worker })
    await expect.poll(() => calls.isJoined).toBe(true)
    const since = performance.now()
    const seen = await beside(async () => {
      calls.say('gush')
      await expect.poll(() => calls.bytes, { timeout: 60_000 }).toBeGreaterThan(64 * MEBIBYTE)
    })
    // The first of them may come at once.
    expect(performance.now() - since).toBeGreaterThan(2_000)
    calls.leave()
    expectBearable(seen)
  })
})
