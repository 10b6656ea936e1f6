import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WorkspaceStats } from '../../../src/contract/agent/stats.ts'
import { containerName, homeVolumeName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run } from '../../support/core.ts'
import { EngineProxy } from '../../support/engine-proxy.ts'

const MEBIBYTE = 1_048_576

let proxy: EngineProxy
let fixture: CoreFixture
const name = uniqueName('stats')
beforeAll(async () => {
  proxy = await EngineProxy.start()
  fixture = await CoreFixture.start({ environment: proxy.environment })
  await fixture.core.workspaces.create({ name, resources: { cpus: 1, memoryBytes: 512 * MEBIBYTE } })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  await proxy[Symbol.asyncDispose]()
})

/** The first sample of which `isSo` is true. */
async function sampleThat(isSo: (sample: WorkspaceStats) => boolean): Promise<WorkspaceStats> {
  const signal = AbortSignal.timeout(60_000)
  for await (const sample of fixture.core.stats.follow({ name, intervalMs: 1000 }, signal))
    if (isSo(sample)) return sample
  throw new Error('No sample was so.')
}

const inBackground = (script: string) => run(fixture.core, name, 'sh', '-c', `(${script}) >/dev/null 2>&1 &`)
const streamsOpened = (): number => proxy.calls.filter((call) => call.includes('/stats?')).length

it('shows a busy loop as CPU, and memory that is held as memory, of what the workspace may use', async () => {
  const idle = await sampleThat(({ cpu }) => cpu !== undefined && cpu.percent < 50)
  expect(idle.cpu?.cpus).toBe(1)
  expect(idle.memory?.limitBytes).toBe(512 * MEBIBYTE)
  await inBackground('exec timeout 30 sh -c "while :; do :; done"')
  expect((await sampleThat(({ cpu }) => (cpu?.percent ?? 0) > 30)).pids).toBeGreaterThan(1)
  const before = idle.memory?.usedBytes ?? 0
  // `tail` keeps a line without an end in memory until it ends.
  await inBackground(`(head -c ${100 * MEBIBYTE} /dev/zero; sleep 60) | tail -n 1`)
  const held = await sampleThat(({ memory }) => (memory?.usedBytes ?? 0) > before + 50 * MEBIBYTE)
  expect(held.memory?.usedBytes).toBeLessThan(512 * MEBIBYTE)
})

it('shows bytes over the network with their rate, and the disk', async () => {
  const { host, port } = await fixture.core.workspaces.runtimeEndpoint(name)
  const request = { method: 'POST', body: 'x'.repeat(MEBIBYTE) }
  let isSeen = false
  const sending = (async () => {
    // Refused for want of a token, after it has come in.
    while (!isSeen) await fetch(`http://${host}:${port}/`, request).catch(() => undefined)
  })()
  const busy = await sampleThat(({ network }) => (network?.receivedBytesPerSecond ?? 0) > 1000)
  isSeen = true
  await sending
  expect(busy.network?.receivedBytes).toBeGreaterThan(1000)
  await run(fixture.core, name, 'sh', '-c', `head -c ${8 * MEBIBYTE} /dev/urandom > ~/file`)
  const { disk } = await sampleThat((sample) => (sample.disk?.homeBytes ?? 0) >= 8 * MEBIBYTE)
  expect(disk?.layerBytes).toBeGreaterThanOrEqual(0)
})

it('asks the engine once for all who look, and no more when the last has left', async () => {
  const before = streamsOpened()
  const leaving = [new AbortController(), new AbortController()] as const
  const [first, second] = leaving.map(({ signal }) => fixture.core.stats.follow({ name, intervalMs: 1000 }, signal))
  await Promise.all([first?.next(), second?.next()])
  expect(streamsOpened()).toBe(before + 1)
  leaving[0].abort()
  expect(await first?.next()).toMatchObject({ done: true })
  expect(await second?.next()).toMatchObject({ done: false })
  const left = proxy.left('/stats?')
  leaving[1].abort()
  expect(await second?.next()).toMatchObject({ done: true })
  await left
  expect(streamsOpened()).toBe(before + 1)
})

it('goes on after a stop and a start, and ends with the workspace', async () => {
  const { workspaces, stats } = fixture.core
  const reader = stats.follow({ name, intervalMs: 1000 }, AbortSignal.timeout(60_000))
  const first = await reader.next()
  await workspaces.stop(name)
  await workspaces.start(name)
  const startedAt = workspaces.get(name).startedAt ?? ''
  let last = first
  while (last.done !== true && last.value.at < startedAt) last = await reader.next()
  expect(last.done).toBe(false)
  await workspaces.delete(name, { force: true })
  while (last.done !== true) last = await reader.next()
  expect(() => stats.follow({ name, intervalMs: 1000 }, AbortSignal.timeout(1))).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  )
})

it('hears little of what an image has in the place of `du`', async () => {
  const hostile = uniqueName('endless')
  const { workspaces } = fixture.core
  await workspaces.create({ name: hostile })
  const endless = '#!/bin/sh\\nexec tr "\\\\0" 9 </dev/zero\\n'
  await run(fixture.core, hostile, 'sudo', 'sh', '-c', `printf '${endless}' > /usr/bin/nice`)
  const options = { volume: homeVolumeName(hostile), signal: AbortSignal.timeout(120_000) }
  const sizes = await fixture.engine.containers.sizes(containerName(hostile), options)
  expect(sizes).toEqual({ layerBytes: expect.any(Number) })
  expect(options.signal.aborted).toBe(false)
  await workspaces.delete(hostile, { force: true })
})
