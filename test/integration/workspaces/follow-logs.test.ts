import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LogLine } from '../../../src/contract/agent/log-line.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run } from '../../support/core.ts'
import { EngineProxy } from '../../support/engine-proxy.ts'

let proxy: EngineProxy
let fixture: CoreFixture
const name = uniqueName('follow')
beforeAll(async () => {
  proxy = await EngineProxy.start()
  fixture = await CoreFixture.start({ environment: proxy.environment })
  await fixture.core.workspaces.create({ name })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  await proxy[Symbol.asyncDispose]()
})

const follow = (tail: number, signal = AbortSignal.timeout(60_000)) =>
  fixture.core.workspaces.followLogs(name, tail, signal)

/** Lines up to the one that `isLast`. */
async function linesUntil(reader: AsyncGenerator<LogLine, void, void>, isLast: (line: LogLine) => boolean) {
  const lines: LogLine[] = []
  for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
    lines.push(next.value)
    if (isLast(next.value)) return lines
  }
  throw new Error(`The log ended: ${JSON.stringify(lines.slice(-5))}`)
}

/** Prints to the container's own output, as its first process does. */
const print = (script: string) =>
  run(fixture.core, name, 'sudo', 'sh', '-c', `(${script}) > /proc/1/fd/1 2>/proc/1/fd/2`)

it('begins with the end of the log, and goes on with what the container prints, each line once', async () => {
  await print('echo before')
  const reader = follow(100)
  const first = await linesUntil(reader, ({ text }) => text === 'before')
  expect(first.map(({ source }) => source)).toContain('setup')
  expect(first.map(({ text }) => text).join('\n')).toMatch(/^image done in .* s$/m)
  // The engine keeps the order within a stream alone.
  const rest: LogLine[] = []
  for (const [text, script] of [
    ['one', 'echo one'],
    ['two', 'echo two >&2'],
    ['three', 'echo three'],
  ] as const) {
    await print(script)
    rest.push(...(await linesUntil(reader, (line) => line.text === text)))
  }
  expect(rest.map(({ source, text }) => [source, text])).toEqual([
    ['container', 'one'],
    ['container', 'two'],
    ['container', 'three'],
  ])
  for (const { at } of rest) expect(Date.parse(at ?? '')).toBeGreaterThan(0)
  await reader.return()
  expect((await linesUntil(follow(1), () => true)).map(({ text }) => text)).toEqual(['three'])
})

it('lets the engine wait for a slow reader, and skips nothing', async () => {
  const reader = follow(1)
  await reader.next()
  await print('seq 1 20000')
  // Said until it is heard: an engine may miss that the last lines of many were written, until the next is.
  const leaving = new AbortController()
  const ending = (async () => {
    while (!leaving.signal.aborted) await print('echo end')
  })()
  const lines = await linesUntil(reader, ({ text }) => text === 'end').finally(() => leaving.abort())
  expect(lines).toHaveLength(20_001)
  expect(lines.at(-2)?.text).toBe('20000')
  await ending
  await reader.return()
})

it('leaves the engine when its reader leaves', async () => {
  const leaving = new AbortController()
  const reader = follow(1, leaving.signal)
  await reader.next()
  await print('echo mark')
  await linesUntil(reader, ({ text }) => text === 'mark')
  const left = proxy.left(`/logs?`)
  leaving.abort()
  expect(await reader.next()).toMatchObject({ done: true })
  await left
})

it('goes on over a stop and a start, and ends when the workspace is deleted', async () => {
  const { workspaces } = fixture.core
  const reader = follow(1)
  await workspaces.stop(name)
  await workspaces.start(name)
  await print('echo again')
  await linesUntil(reader, ({ text }) => text === 'again')
  await workspaces.delete(name, { force: true })
  let last = await reader.next()
  while (last.done !== true) last = await reader.next()
  expect(() => workspaces.followLogs(name, 1, AbortSignal.timeout(1))).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  )
})
