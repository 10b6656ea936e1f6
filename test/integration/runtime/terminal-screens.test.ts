import { createHash, randomUUID } from 'node:crypto'
import { Terminal } from '@xterm/headless'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RuntimeTerminals } from '../../../src/contract/runtime/api.ts'
import { CLOSE, OUTPUT_WINDOW_BYTES, PLAIN_REPLAY_BYTES, RING_BYTES } from '../../../src/contract/terminal/limits.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let runtime: RuntimeContainer

beforeAll(async () => {
  runtime = await RuntimeContainer.booted()
})
afterAll(async () => {
  await runtime[Symbol.asyncDispose]()
})

const SIZE = { cols: 80, rows: 24 }
const shell = (script: string) => ({ create: { command: ['sh', '-c', script] } })
/** So many lines of 64 bytes, each with its number. */
const lines = (count: number) => `seq -f '%062.0f' 1 ${count}`
/** Node itself, the windows, and a good margin: far less than what passes through. */
const PEAK_KB = 160_000
const lineNumber = (line: string): number => Number(line)

/** Waits for the end of a program's output, and leaves it. */
async function leftBehind(script: string): Promise<TerminalProbe> {
  const probe = await TerminalProbe.attach(runtime, { ...shell(`${script}; printf 'all-%s' said; read wait`), ...SIZE })
  await probe.until(() => probe.endsWith('all-said'))
  probe.drop()
  return probe
}

/** What a person sees of a terminal, from the top of what is kept. */
async function shown(...parts: Buffer[]): Promise<{ lines: string[]; terminal: Terminal }> {
  const terminal = new Terminal({ ...SIZE, scrollback: 10_000, allowProposedApi: true })
  for (const part of parts) await new Promise<void>((resolve) => terminal.write(part, resolve))
  const { active } = terminal.buffer
  const all = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '')
  return { lines: all, terminal }
}

test('64 MiB to a reader that stalls at random: whole, in order, and the service stays small', async () => {
  const total = 67_108_864
  const probe = await TerminalProbe.attach(runtime, {
    ...shell(`stty raw -echo; seq -f %063.0f 1 ${total / 64}; exit 3`),
    acknowledges: false,
  })
  const hash = createHash('sha256')
  let taken = 0
  let seed = 7
  while (probe.closed === undefined || taken < probe.offset) {
    await probe.until(() => probe.offset > taken || probe.closed !== undefined)
    seed = (seed * 48_271) % 2_147_483_647
    // Now and then it takes nothing until the window is full.
    const from = taken
    if (seed % 16 === 0)
      await probe.until(() => probe.offset - from === OUTPUT_WINDOW_BYTES || probe.closed !== undefined)
    taken = probe.offset
    hash.update(probe.takeOutput())
    if (probe.closed === undefined) probe.say({ type: 'ack', offset: taken })
  }
  expect(probe.find('exit')).toMatchObject({ code: 3, offset: total })
  const expected = createHash('sha256')
  for (let from = 0; from < total / 64; from += 1024) {
    const block = Array.from({ length: 1024 }, (_, index) => `${String(from + index + 1).padStart(63, '0')}\n`)
    expected.update(block.join(''))
  }
  expect(hash.digest('hex')).toBe(expected.digest('hex'))
  const [pid] = await runtime.runtimePids()
  const peakKb = Number(await runtime.asRoot(`awk '/VmHWM/ { print $2 }' /proc/${pid}/status`))
  expect(peakKb).toBeLessThan(PEAK_KB)
})

test('what the ring has in whole comes byte by byte to one that has seen its beginning', async () => {
  const count = RING_BYTES / 64 - 1
  const first = await leftBehind(lines(count))
  const second = await TerminalProbe.attach(runtime, { terminal: first.terminal, after: 64 })
  expect(second.attached).toMatchObject({ offset: 64, snapshotBytes: 0 })
  await second.until(() => second.offset === first.offset)
  expect(second.output.equals(first.output.subarray(64))).toBe(true)
})

test('one that has seen nothing of much output gets the screen, with the lines above it', async () => {
  const first = await leftBehind(lines((2 * PLAIN_REPLAY_BYTES) / 64))
  const second = await TerminalProbe.attach(runtime, { terminal: first.terminal, ...SIZE })
  await second.until(() => second.offset === first.offset)
  expect(second.screen.length).toBe(second.attached.snapshotBytes)
  const [before, after] = [await shown(first.output), await shown(second.screen, second.output)]
  expect(after.lines).toEqual(before.lines)
  expect(after.terminal.buffer.active.cursorX).toBe('all-said'.length)
})

test('what is older than the ring comes as a screen of the last 10,000 lines', async () => {
  const total = (RING_BYTES + 6_400_000) / 64
  const first = await leftBehind(`${lines(total)}; printf '\\033[?2004h\\033[1;31mred '`)
  const second = await TerminalProbe.attach(runtime, { terminal: first.terminal, after: 64, ...SIZE })
  await second.until(() => second.offset === first.offset)
  const { lines: seen, terminal } = await shown(second.screen, second.output)
  expect(lineNumber(seen.at(-2) ?? '')).toBe(total)
  expect(lineNumber(seen[0] ?? '')).toBe(total - seen.length + 2)
  expect(seen.length).toBe(10_024)
  expect(terminal.modes.bracketedPasteMode).toBe(true)
  expect(
    terminal.buffer.active
      .getLine(seen.length - 1)
      ?.getCell(0)
      ?.getFgColor(),
  ).toBe(1)
})

test('a full-screen program that has drawn for long is seen as it is, and so is what it covers', async () => {
  const frame = 'frame %06d, a line of it that is long enough to matter'
  const draw = `awk 'BEGIN { for (i = 0; i < 150000; i++) printf "\\033[5;10H${frame}", i }'`
  const first = await leftBehind(`echo below; printf '\\033[?1049h\\033[?1h\\033[HTOP'; ${draw}`)
  expect(first.offset).toBeGreaterThan(RING_BYTES)
  const second = await TerminalProbe.attach(runtime, { terminal: first.terminal, ...SIZE })
  await second.until(() => second.offset === first.offset)
  const { lines: seen, terminal } = await shown(second.screen, second.output)
  expect(terminal.buffer.active.type).toBe('alternate')
  expect(terminal.modes.applicationCursorKeysMode).toBe(true)
  expect(seen[4]?.trim()).toMatch(/^frame 149999, a line of it that is long enough to matterall-said$/)
  const left = await shown(second.screen, second.output, Buffer.from('\x1b[?1049l'))
  expect(left.lines[0]).toBe('below')
  expect(seen[0]).toBe('TOP')
})

test('one of two clients sleeps: the other waits for it at most 10 seconds, and sees all', async () => {
  const script =
    'read go; i=0; while [ $i -lt 3 ]; do head -c 1000000 /dev/zero | tr "\\0" x; i=$((i+1)); done; echo; read wait'
  const awake = await TerminalProbe.attach(runtime, shell(script))
  const asleep = await TerminalProbe.attach(runtime, { terminal: awake.terminal, acknowledges: false })
  awake.type('\r')
  await asleep.untilClosed()
  expect(asleep.closed).toBe(CLOSE.stalled)
  expect(asleep.offset).toBe(OUTPUT_WINDOW_BYTES)
  await awake.until(() => awake.offset >= 3_000_000)
  await awake.until(() => awake.messages.some((message) => message.type === 'clients' && message.count === 1))
  expect(awake.output.filter((byte) => byte === 0x78).length).toBe(3_000_000)
})

test('a program tells its title and its folder', async () => {
  const terminal = randomUUID()
  const script = "printf '\\033]0;first\\007\\033]2;second\\033\\134\\033]7;file://host/tmp/a%%20b\\007'; read wait"
  const probe = await TerminalProbe.attach(runtime, { terminal, ...shell(script) })
  await probe.until(() => probe.find('title') !== undefined)
  const list = RuntimeTerminals.parse(await (await runtime.fetch('/api/v1/terminals')).json())
  expect(list.find(({ id }) => id === terminal)).toMatchObject({ title: 'second', cwd: '/tmp/a b', isRenamed: false })
})
