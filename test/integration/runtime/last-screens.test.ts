import { randomUUID } from 'node:crypto'
import { Terminal } from '@xterm/headless'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RuntimeTerminals } from '../../../src/contract/runtime/api.ts'
import { CLOSE, RING_BYTES } from '../../../src/contract/terminal/limits.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let runtime: RuntimeContainer
beforeEach(async () => {
  runtime = await RuntimeContainer.booted()
})
afterEach(async () => {
  await runtime[Symbol.asyncDispose]()
})

const shell = (script: string, title = 'script') => ({ create: { command: ['sh', '-c', script], title } })
const list = async () => RuntimeTerminals.parse(await (await runtime.fetch('/api/v1/terminals')).json())

/** Sends a signal to the runtime, waits until it has gone, and starts the next one. */
async function endAndBoot(signal: 'TERM' | 'KILL'): Promise<void> {
  const [pid] = await runtime.runtimePids()
  await runtime.asRoot(`kill -${signal} ${pid}; while [ -d /proc/${pid} ]; do sleep 0.05; done`)
  await runtime.boot()
}

test('asked to end, it says so to who watches; the next one shows the last screens, to whoever comes and until closed', async () => {
  const saving = await TerminalProbe.attach(
    runtime,
    shell("trap 'echo goodbye; exit' HUP; echo up; read wait", 'saving'),
  )
  const plain = await TerminalProbe.attach(runtime, shell('echo up; exec sleep 1000', 'plain'))
  const done = await TerminalProbe.attach(runtime, shell('echo well; exit 5', 'done'))
  await Promise.all([saving.untilText('up\r\n'), plain.untilText('up\r\n'), done.untilClosed()])
  await endAndBoot('TERM')
  for (const probe of [saving, plain]) {
    await probe.untilClosed()
    expect([probe.closed, probe.find('exit')]).toEqual([CLOSE.stopped, undefined])
  }
  expect(saving.text).toBe('up\r\ngoodbye\r\n')
  expect(await list()).toMatchObject([
    { id: saving.terminal, title: 'saving', endedBy: 'stop' },
    { id: plain.terminal, title: 'plain', endedBy: 'stop' },
    { id: done.terminal, title: 'done', exit: { code: 5 } },
  ])
  const missed = await TerminalProbe.attach(runtime, { terminal: saving.terminal, after: 4, create: undefined })
  await missed.untilClosed()
  expect([missed.text, missed.closed]).toEqual(['goodbye\r\n', CLOSE.stopped])
  const [ended] = await Promise.all([TerminalProbe.attach(runtime, { terminal: done.terminal, create: undefined })])
  await ended.untilClosed()
  expect([ended.text, ended.find('exit')?.code]).toEqual(['well\r\n', 5])
  await endAndBoot('TERM')
  expect((await list()).map(({ title }) => title)).toEqual(['saving', 'plain', 'done'])
  for (const { id } of await list()) {
    expect((await runtime.fetch(`/api/v1/terminals/${id}`, { method: 'DELETE' })).status).toBe(204)
  }
  expect(await list()).toEqual([])
  expect(await runtime.asRoot('ls /var/lib/berth | grep -c ring || :')).toBe('0')
})

test('killed in the middle of output it loses no byte that anybody has seen, and the screen of what was kept', async () => {
  const terminal = randomUUID()
  const first = await TerminalProbe.attach(runtime, { terminal, ...shell('i=0; seq -f %063.0f 1 100000000') })
  await first.until(() => first.offset > 2 * RING_BYTES)
  await endAndBoot('KILL')
  await first.untilClosed()
  const second = await TerminalProbe.attach(runtime, { terminal, after: first.offset, create: undefined })
  await second.untilClosed()
  expect(second.closed).toBe(CLOSE.stopped)
  expect(second.attached).toMatchObject({ offset: first.offset, snapshotBytes: 0 })
  const output = Buffer.concat([first.output, second.output]).toString()
  const seen = output.split('\r\n')
  const wrong = seen.slice(0, -1).findIndex((line, index) => Number(line) !== index + 1)
  expect(wrong).toBe(-1)
  const third = await TerminalProbe.attach(runtime, { terminal, create: undefined })
  await third.untilClosed()
  expect(third.attached.snapshotBytes).toBeGreaterThan(0)
  const screen = new Terminal({ cols: 80, rows: 24, scrollback: 10_000, allowProposedApi: true })
  for (const part of [third.screen, third.output]) await new Promise<void>((resolve) => screen.write(part, resolve))
  const { active } = screen.buffer
  const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '')
  expect(lines).toEqual(seen.slice(-active.length))
})

test('its programs are ended where the next runtime is the one to do it', async () => {
  const probe = await TerminalProbe.attach(runtime, shell("trap '' HUP; echo up; while :; do sleep 0.1; done"))
  await probe.untilText('up')
  await endAndBoot('KILL')
  await expect.poll(() => runtime.programs()).toEqual([])
  expect(await list()).toMatchObject([{ id: probe.terminal, endedBy: 'stop' }])
})
