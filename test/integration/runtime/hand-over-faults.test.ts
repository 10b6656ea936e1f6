import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RuntimeHealth, RuntimeTerminals } from '../../../src/contract/runtime/api.ts'
import { CLOSE } from '../../../src/contract/terminal/limits.ts'
import { FIND_RUNTIMES, folderOf, RuntimeContainer } from '../../support/runtime-container.ts'
import { RuntimeCopies } from '../../support/runtime-copies.ts'
import { type ProbeOptions, TerminalProbe } from '../../support/terminal-probe.ts'

const NEXT = '9.9.9'
let copies: RuntimeCopies
let runtime: RuntimeContainer
beforeAll(() => {
  copies = new RuntimeCopies(NEXT)
})
afterAll(() => copies[Symbol.dispose]())
beforeEach(async () => {
  runtime = await RuntimeContainer.create(undefined, { others: copies.folder })
  expect(await runtime.boot()).toMatchObject({ ready: true })
})
afterEach(async () => {
  await runtime[Symbol.asyncDispose]()
})

const COUNTING = {
  create: { command: ['sh', '-c', 'i=0; while :; do i=$((i+1)); echo $i; sleep 0.01; done'], title: 'counting' },
}
const list = async () => RuntimeTerminals.parse(await (await runtime.fetch('/api/v1/terminals')).json())
const version = async () => RuntimeHealth.parse(await (await runtime.fetch('/health')).json()).version
const update = () => runtime.boot({ takeOver: true, version: NEXT })
const numbersOf = ({ text }: TerminalProbe): number[] => text.split('\r\n').slice(0, -1).map(Number)
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

/** Moments of a hand-over, as conditions of the shell. */
const MOMENTS = {
  'when the newer one has started': `[ -n "$(find_runtimes ${folderOf(NEXT)})" ]`,
  'when the older one has its socket': 'ls /var/lib/berth | grep -q older',
  'when the newer one is ready': `grep -q '"ready","version":"${NEXT}"' /var/lib/berth/runtime.log`,
}

/** Kills the runtimes from `folder` as soon as `condition` is true. */
const killWhen = (condition: string, folder: string) =>
  runtime.asRoot(`${FIND_RUNTIMES}; until ${condition}; do :; done; kill -9 $(find_runtimes ${folder}) || :`)

/** As an agent does that finds the workspace again. */
async function updateAgain(): Promise<void> {
  expect(await update()).toMatchObject({ ready: true, version: NEXT })
  expect(await version()).toBe(NEXT)
  expect(await runtime.runtimePids(NEXT)).toHaveLength(1)
}

async function count(): Promise<TerminalProbe> {
  const probe = await TerminalProbe.attach(runtime, COUNTING)
  await probe.untilText('\n50\r\n')
  return probe
}

const attachTo = ({ terminal }: TerminalProbe, more: ProbeOptions = { create: undefined }) =>
  TerminalProbe.attach(runtime, { terminal, ...more })

describe.each(Object.entries(MOMENTS))('%s', (_moment, condition) => {
  test('the newer one is killed: the terminal counts on, and the next try goes on', async () => {
    const before = await count()
    await Promise.all([killWhen(condition, folderOf(NEXT)), update().catch(() => undefined)])
    await updateAgain()
    const after = await attachTo(before)
    await Promise.all([before, after].map((probe) => probe.untilText('\n150\r\n')))
    for (const probe of [before, after]) expect(numbersOf(probe)).toEqual(upTo(numbersOf(probe).length))
    expect((await list()).map(({ id }) => id)).toEqual([before.terminal])
    expect(await runtime.runtimePids()).toHaveLength(1)
    after.say({ type: 'close' })
    await before.untilClosed()
    await expect.poll(() => runtime.runtimePids()).toEqual([])
    expect(await list()).toEqual([])
  })

  test('the older one is killed: no line that anybody saw is lost, and nothing of it runs on', async () => {
    const before = await count()
    await Promise.all([killWhen(condition, folderOf()), update().catch(() => undefined)])
    await before.untilClosed()
    await updateAgain()
    await expect.poll(list).toMatchObject([{ id: before.terminal, endedBy: 'stop' }])
    const after = await attachTo(before)
    await after.untilClosed()
    const [seen, kept] = [numbersOf(before), numbersOf(after)]
    expect(kept).toEqual(upTo(kept.length))
    expect(kept.slice(0, seen.length)).toEqual(seen)
    await expect.poll(() => runtime.programs()).toEqual([])
    expect((await runtime.asRoot('ls /var/lib/berth')).split('\n').filter((name) => name.endsWith('.older'))).toEqual(
      [],
    )
  })

  test('whoever asked for it is killed: the newer one takes over, or the next try does', async () => {
    const before = await count()
    const leaving = new AbortController()
    const asked = runtime.boot({ takeOver: true, version: NEXT, signal: leaving.signal }).catch(() => undefined)
    await runtime.asRoot(`${FIND_RUNTIMES}; until ${condition}; do :; done`)
    leaving.abort()
    await asked
    await updateAgain()
    const after = await attachTo(before)
    await after.untilText('\n150\r\n')
    expect(numbersOf(after)).toEqual(upTo(numbersOf(after).length))
  })
})

test('of a terminal whose runtime does not answer no second one is made, and it is there when that does', async () => {
  const before = await count()
  await updateAgain()
  const [older] = await runtime.runtimePids()
  await runtime.asRoot(`kill -STOP ${older}; ${FIND_RUNTIMES}; kill -9 $(find_runtimes ${folderOf(NEXT)})`)
  expect(await update()).toMatchObject({ ready: true })
  const early = await TerminalProbe.connect(runtime, { terminal: before.terminal })
  early.say({ type: 'attach', terminal: before.terminal, client: early.client, create: {}, cols: 80, rows: 24 })
  await early.untilClosed()
  expect([early.closed, early.text]).toEqual([CLOSE.tryAgain, ''])
  await runtime.asRoot(`kill -CONT ${older}`)
  await expect.poll(list).toMatchObject([{ id: before.terminal, title: 'counting' }])
  const after = await attachTo(before, {})
  await after.untilText('\n150\r\n')
  expect(numbersOf(after)).toEqual(upTo(numbersOf(after).length))
})
