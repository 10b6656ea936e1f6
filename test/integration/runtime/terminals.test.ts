import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RuntimeTerminals } from '../../../src/contract/runtime/api.ts'
import { CLOSE, MAX_CLIENTS, OUTPUT_WINDOW_BYTES } from '../../../src/contract/terminal/limits.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let runtime: RuntimeContainer

beforeAll(async () => {
  runtime = await RuntimeContainer.booted({ env: { SECRET: "it's" } })
})
afterAll(async () => {
  await runtime[Symbol.asyncDispose]()
})

const shell = (script: string) => ({ create: { command: ['sh', '-c', script] } })

test('a new terminal is a login shell of the user in the work folder, with the environment and no token', async () => {
  const probe = await TerminalProbe.attach(runtime, { cols: 200 })
  probe.type('shopt login_shell; id -un; pwd; env; echo end-of-$((1+1))\r')
  await probe.untilText('end-of-2')
  const { text } = probe
  expect(text).toMatch(/login_shell\s+on/)
  expect(text).toContain('\nworkspace\r\n/home/workspace/workspace\r\n')
  expect(text).toContain("\nSECRET=it's\r\n")
  expect(text).toContain('\nTERM=xterm-256color\r\n')
  expect(text).toContain('\nCOLORTERM=truecolor\r\n')
  expect(text).toContain('\nLANG=C.UTF-8\r\n')
  expect(text).not.toContain(runtime.token)
  probe.type('exit 7\r')
  await probe.untilClosed()
  expect(probe.find('exit')).toMatchObject({ code: 7, offset: probe.offset })
  expect(probe.closed).toBe(CLOSE.exited)
})

test('200 KB written and exit at once: whole in 20 of 20', async () => {
  for (let round = 0; round < 20; round += 1) {
    const probe = await TerminalProbe.attach(runtime, shell("head -c 200000 /dev/zero | tr '\\0' x; exit 3"))
    await probe.untilClosed()
    expect({ bytes: probe.output.length, exit: probe.find('exit') }).toEqual({
      bytes: 200_000,
      exit: { type: 'exit', code: 3, offset: 200_000 },
    })
  }
})

test('a program that a signal ended says which', async () => {
  const probe = await TerminalProbe.attach(runtime, shell('echo ready; sleep 1000'))
  await probe.untilText('ready')
  probe.say({ type: 'signal', name: 'SIGKILL' })
  await probe.untilClosed()
  expect(probe.find('exit')).toMatchObject({ signal: 9 })
})

test('the program sees the size of its terminal change', async () => {
  const probe = await TerminalProbe.attach(runtime, {
    cols: 91,
    rows: 33,
    ...shell("trap 'stty size; exit' WINCH; stty size; while :; do sleep 0.05; done"),
  })
  await probe.untilText('33 91')
  probe.say({ type: 'resize', cols: 102, rows: 44 })
  await probe.untilText('44 102')
})

test('whoever comes back goes on from the byte that it last saw, while the program went on alone', async () => {
  const script = 'i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; echo done; read wait'
  const first = await TerminalProbe.attach(runtime, shell(script))
  await first.untilText('line 50')
  first.drop()
  const { terminal, client, offset: after } = first
  const second = await TerminalProbe.attach(runtime, { terminal, client, after })
  expect(second.attached.offset).toBe(after)
  await second.untilText('done')
  const expected = Array.from({ length: 20_000 }, (_, index) => `line ${index}\r\n`).join('')
  expect(Buffer.concat([first.output, second.output]).toString()).toBe(`${expected}done\r\n`)
})

test('the sender stops at its window, and the program waits', async () => {
  const probe = await TerminalProbe.attach(runtime, { ...shell('yes'), acknowledges: false })
  await probe.until(() => probe.offset === OUTPUT_WINDOW_BYTES)
  probe.say({ type: 'ping', id: 1 })
  await probe.until(() => probe.find('pong') !== undefined)
  expect(probe.offset).toBe(OUTPUT_WINDOW_BYTES)
  probe.say({ type: 'ack', offset: 100_000 })
  await probe.until(() => probe.offset === OUTPUT_WINDOW_BYTES + 100_000)
  // It acknowledges nothing more: after 10 seconds it is let go, and the program goes on without it.
  await probe.untilClosed()
  expect(probe.closed).toBe(CLOSE.stalled)
  const later = await TerminalProbe.attach(runtime, { terminal: probe.terminal, after: probe.offset })
  await later.until(() => later.offset > probe.offset + 2 * OUTPUT_WINDOW_BYTES)
  later.say({ type: 'close' })
  await later.untilClosed()
})

test('several clients see all of one terminal and type into it, in the size that all can show unless one claims', async () => {
  const first = await TerminalProbe.attach(runtime, { ...shell('cat'), cols: 100, rows: 40 })
  const second = await TerminalProbe.attach(runtime, { terminal: first.terminal, cols: 120, rows: 30 })
  expect(second.attached).toMatchObject({ cols: 100, rows: 30, clients: 2 })
  await second.until(() => second.find('size') !== undefined)
  await first.until(() => first.find('clients')?.count === 2)
  expect(first.find('size')).toEqual({ type: 'size', cols: 100, rows: 30, claimed: false })
  first.type('from the first\r')
  second.type('from the second\r')
  for (const probe of [first, second]) {
    await probe.until(() => probe.text.split('from the first\r\n').length === 3)
    await probe.until(() => probe.text.split('from the second\r\n').length === 3)
  }
  expect(first.text).toBe(second.text)
  second.say({ type: 'claim' })
  const claimed = { type: 'size', cols: 120, rows: 30, claimed: true }
  await first.until(() => first.messages.some((message) => JSON.stringify(message) === JSON.stringify(claimed)))
  second.drop()
  await first.until(() => first.messages.some((message) => message.type === 'clients' && message.count === 1))
  expect(first.messages.filter(({ type }) => type !== 'inputAck').slice(-2)).toEqual([
    { type: 'size', cols: 100, rows: 40, claimed: false },
    { type: 'clients', count: 1 },
  ])
})

test('a client that attaches again replaces its own older connection, and no other', async () => {
  const other = await TerminalProbe.attach(runtime, shell('cat'))
  const { terminal } = other
  const first = await TerminalProbe.attach(runtime, { terminal })
  const second = await TerminalProbe.attach(runtime, { terminal, client: first.client })
  await first.untilClosed()
  expect(first.find('error')).toMatchObject({ code: 'CONFLICT' })
  expect(first.closed).toBe(CLOSE.replaced)
  second.type('still here\r')
  for (const probe of [second, other]) await probe.untilText('still here\r\nstill here')
  expect(second.attached.clients).toBe(2)
})

test('a terminal has 16 clients; another is refused, and none of them feels it', async () => {
  const first = await TerminalProbe.attach(runtime, shell('cat'))
  const { terminal } = first
  const others = await Promise.all(
    Array.from({ length: MAX_CLIENTS - 1 }, () => TerminalProbe.attach(runtime, { terminal })),
  )
  const last = await TerminalProbe.attach(runtime, { terminal })
  await last.untilClosed()
  expect(last.find('error')).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  first.type('all\r')
  for (const probe of [first, ...others]) await probe.untilText('all\r\nall')
})

test('asking for one new terminal many times at once makes one', async () => {
  const terminal = randomUUID()
  const create = { command: ['sh', '-c', 'echo $$; sleep 1000'] }
  const probes = await Promise.all(Array.from({ length: 8 }, () => TerminalProbe.attach(runtime, { terminal, create })))
  await Promise.all(probes.map((probe) => probe.untilText('\n')))
  const list = (await (await runtime.fetch('/api/v1/terminals')).json()) as { id: string; clients: number }[]
  expect(list.filter(({ id }) => id === terminal)).toMatchObject([{ clients: 8 }])
  expect(new Set(probes.map(({ text }) => text)).size).toBe(1)
})

test('a title that a person gives is told to all, and given back', async () => {
  const probe = await TerminalProbe.attach(runtime, shell('cat'))
  const rename = (title: string): Promise<Response> =>
    runtime.fetch(`/api/v1/terminals/${probe.terminal}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${runtime.token}` },
      body: JSON.stringify({ title }),
    })
  expect((await rename('mine')).status).toBe(204)
  await probe.until(() => probe.find('title')?.title === 'mine')
  const list = async () => RuntimeTerminals.parse(await (await runtime.fetch('/api/v1/terminals')).json())
  const record = async () => (await list()).find(({ id }) => id === probe.terminal)
  expect(await record()).toMatchObject({ title: 'mine', isRenamed: true })
  expect((await rename('a\nb')).status).toBe(400)
  expect((await rename('')).status).toBe(204)
  expect(await record()).toMatchObject({ title: 'sh', isRenamed: false })
})

test('a terminal that ended gives its tail and its exit to whoever returns; one that was closed is gone', async () => {
  const first = await TerminalProbe.attach(runtime, shell('read go; echo tail; exit 5'))
  first.type('go\r')
  first.drop()
  const { terminal, client } = first
  const second = await TerminalProbe.attach(runtime, { terminal, client })
  second.type('go\r')
  await second.untilClosed()
  expect(second.text).toContain('tail\r\n')
  const third = await TerminalProbe.attach(runtime, { terminal })
  await third.untilClosed()
  expect(third.text).toBe(second.text)
  expect(third.find('exit')).toMatchObject({ code: 5 })
  expect((await runtime.fetch(`/api/v1/terminals/${terminal}`, { method: 'DELETE' })).status).toBe(204)
  const fourth = await TerminalProbe.attach(runtime, { terminal })
  await fourth.untilClosed()
  expect(fourth.find('error')).toMatchObject({ code: 'NOT_FOUND' })
  expect(fourth.closed).toBe(CLOSE.notFound)
})

test('closing a terminal leaves nothing of it: background jobs, new sessions, deaf and stopped programs', async () => {
  const script = `
    trap '' HUP
    sleep 7001 &
    nohup sleep 7002 >/dev/null 2>&1 &
    setsid sleep 7003 &
    (trap '' HUP TERM; sh -c 'sleep 7004; :') &
    sleep 7005 & kill -STOP $!
    echo started; sleep 7006`
  const probe = await TerminalProbe.attach(runtime, shell(script))
  await probe.untilText('started')
  const ours = async () => (await runtime.programs()).filter((line) => /sleep 700\d/.test(line))
  expect((await ours()).length).toBeGreaterThanOrEqual(6)
  expect((await runtime.fetch(`/api/v1/terminals/${probe.terminal}`, { method: 'DELETE' })).status).toBe(204)
  expect(await ours()).toEqual([])
  await probe.untilClosed()
  expect(probe.closed).toBe(CLOSE.exited)
})

test('a flood in one terminal does not keep another from answering', async () => {
  const flood = await TerminalProbe.attach(runtime, shell('yes'))
  const quiet = await TerminalProbe.attach(runtime, shell('stty raw -echo; printf r; exec cat'))
  await quiet.untilText('r')
  for (let round = 1; round <= 100; round += 1) {
    quiet.type('x')
    await quiet.until(() => quiet.offset === 1 + round)
  }
  const before = flood.offset
  await flood.until(() => flood.offset > before)
  flood.say({ type: 'close' })
  await flood.untilClosed()
})

test('a program or folder that is not there is refused, and makes nothing', async () => {
  for (const create of [{ command: ['no-such-program'] }, { cwd: '/no/such/folder' }, { command: ['a\0b'] }]) {
    const probe = await TerminalProbe.attach(runtime, { create })
    await probe.untilClosed()
    expect(probe.find('error')).toMatchObject({ code: 'BAD_REQUEST' })
    expect(probe.closed).toBe(CLOSE.refused)
    const list = (await (await runtime.fetch('/api/v1/terminals')).json()) as { id: string }[]
    expect(list.map(({ id }) => id)).not.toContain(probe.terminal)
  }
})
