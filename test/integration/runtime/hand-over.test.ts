import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { RuntimeHealth, RuntimeTerminals } from '../../../src/contract/runtime/api.ts'
import { CLOSE } from '../../../src/contract/terminal/limits.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { RuntimeCopies } from '../../support/runtime-copies.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'
import { UploadProbe } from '../../support/upload-probe.ts'

const SECOND = '9.9.9'
const THIRD = '10.0.0'
let copies: RuntimeCopies
let runtime: RuntimeContainer
beforeAll(() => {
  copies = new RuntimeCopies(SECOND, THIRD)
})
afterAll(() => copies[Symbol.dispose]())
beforeEach(async () => {
  runtime = await RuntimeContainer.create(undefined, { others: copies.folder })
  expect(await runtime.boot()).toMatchObject({ ready: true })
})
afterEach(async () => {
  await runtime[Symbol.asyncDispose]()
})

const COUNT = 'i=0; while :; do i=$((i+1)); echo $i; sleep 0.01; done'
const script = (words: string, title: string) => ({ create: { command: ['sh', '-c', words], title } })
const takeOver = async (version: string) =>
  expect(await runtime.boot({ takeOver: true, version })).toMatchObject({ ready: true, version })
const list = async () => RuntimeTerminals.parse(await (await runtime.fetch('/api/v1/terminals')).json())
const health = async () => RuntimeHealth.parse(await (await runtime.fetch('/health')).json())
const again = (probe: TerminalProbe, more: { after?: number } = {}) =>
  TerminalProbe.attach(runtime, { terminal: probe.terminal, create: undefined, ...more })
/** How the connection is closed of somebody who would make the terminal, were it none that has ended. */
async function closeOfAttach(terminal: string): Promise<number | undefined> {
  const probe = await TerminalProbe.connect(runtime, { terminal })
  probe.say({ type: 'attach', terminal, client: probe.client, create: {}, cols: 80, rows: 24 })
  await probe.untilClosed()
  return probe.closed
}
/** All lines that came are the numbers from one on, each once. */
function expectCounted({ text }: { text: string }): void {
  const numbers = text.split('\r\n').slice(0, -1).map(Number)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
}
const ofFirst = () => runtime.runtimePids()
const sockets = () => runtime.asRoot('ls /var/lib/berth | grep -c older || :')

test('a terminal counts through the hand-over, watched as it was and by whoever comes, with every line once', async () => {
  const watched = await TerminalProbe.attach(runtime, script(COUNT, 'counting'))
  await watched.untilText('\n50\r\n')
  await takeOver(SECOND)
  const comes = await again(watched)
  await Promise.all([watched.untilText('\n300\r\n'), comes.untilText('\n300\r\n')])
  for (const probe of [watched, comes]) expectCounted(probe)
  const fresh = await TerminalProbe.attach(runtime, script('tr "\\0" " " </proc/$PPID/cmdline; read wait', 'fresh'))
  await fresh.untilText(SECOND)
  expect(await list()).toMatchObject([{ id: watched.terminal, clients: 2 }, { id: fresh.terminal }])
  expect(await health()).toMatchObject({ version: SECOND, terminals: 2 })
  expect((await runtime.fetch(`/api/v1/terminals/${watched.terminal}`, { method: 'DELETE' })).status).toBe(204)
  for (const probe of [watched, comes]) await probe.untilClosed()
  await expect.poll(ofFirst).toEqual([])
  expect(await sockets()).toBe('0')
  expect((await list()).map(({ id }) => id)).toEqual([fresh.terminal])
})

test('a workspace without terminals has one runtime afterwards, and what had ended is still there to be read', async () => {
  const ended = await TerminalProbe.attach(
    runtime,
    script(
      'nohup sleep 4242 >/dev/null 2>&1 & until grep -q sleep /proc/$!/comm; do :; done; echo said; exit 3',
      'ended',
    ),
  )
  await ended.untilClosed()
  await takeOver(SECOND)
  await expect.poll(ofFirst).toEqual([])
  await expect.poll(list).toMatchObject([{ id: ended.terminal, title: 'ended', exit: { code: 3 } }])
  const read = await again(ended)
  await read.untilClosed()
  expect([read.text, read.find('exit')?.code]).toEqual(['said\r\n', 3])
  // What somebody left behind on purpose is no part of a terminal that is over.
  expect(await runtime.programs()).toEqual(['sleep 4242'])
})

test('whoever comes types, resizes, claims, signals, renames and uploads as if nothing had been', async () => {
  const shell = await TerminalProbe.attach(runtime, { create: { command: ['bash', '--norc', '--noprofile'] } })
  shell.type('PS1=; mkdir -p ~/deep/er; cd ~/deep/er; stty -echo; echo up\r')
  await shell.untilText(/^up/m)
  await takeOver(SECOND)
  const patch = { method: 'PATCH', body: '{"title":"mine"}' }
  const typed = await TerminalProbe.attach(runtime, { terminal: shell.terminal, create: undefined, cols: 60, rows: 20 })
  const other = await again(shell)
  typed.type('stty size\r')
  await typed.untilText('20 60\r\n')
  other.say({ type: 'resize', cols: 100, rows: 30 })
  other.say({ type: 'claim' })
  await typed.until(() => typed.messages.some((one) => one.type === 'size' && one.claimed))
  other.type('stty size; trap "echo str""uck" INT; echo set\r')
  await other.untilText('30 100\r\nset\r\n')
  typed.say({ type: 'signal', name: 'SIGINT' })
  await typed.untilText('struck')
  expect((await runtime.fetch(`/api/v1/terminals/${shell.terminal}`, patch)).status).toBe(204)
  await expect.poll(list).toMatchObject([{ title: 'mine', isRenamed: true, clients: 3, cols: 100, rows: 30 }])
  const path = await UploadProbe.upload(runtime, { name: 'a.txt', terminal: shell.terminal }, Buffer.from('a'))
  expect(path).toBe('/home/workspace/deep/er/a.txt')
  typed.type(`${'x'.repeat(200)}\r`.repeat(20))
  await typed.until(() => typed.inputAcked > 4000)
  typed.say({ type: 'close' })
  await other.untilClosed()
  expect(other.closed).toBe(CLOSE.exited)
  // While the older one ends it is to be asked for again.
  await expect.poll(() => closeOfAttach(shell.terminal)).toBe(CLOSE.notFound)
})

test('a second update finds what still drains of the first, and each ends by itself', async () => {
  const first = await TerminalProbe.attach(runtime, script(COUNT, 'first'))
  await takeOver(SECOND)
  const second = await TerminalProbe.attach(runtime, script(`${COUNT} & read end; kill $!; exit 4`, 'second'))
  const relayed = await again(first)
  await takeOver(THIRD)
  await relayed.untilClosed()
  expect(relayed.closed).toBe(CLOSE.tryAgain)
  await TerminalProbe.attach(runtime, script('cat', 'third'))
  const probes = [first, second, await again(first), await again(second)]
  await Promise.all(probes.map((probe) => probe.untilText('\n300\r\n')))
  for (const probe of probes) expectCounted(probe)
  const rest = await again(first, { after: relayed.offset })
  await rest.untilText('\n300\r\n')
  expectCounted({ text: relayed.text + rest.text })
  expect((await list()).map(({ title }) => title)).toEqual(['first', 'second', 'third'])
  expect((await health()).version).toBe(THIRD)
  second.type('\r')
  await second.untilClosed()
  await expect.poll(() => runtime.runtimePids(SECOND)).toEqual([])
  await expect
    .poll(list)
    .toMatchObject([{ title: 'first' }, { title: 'second', exit: { code: 4 } }, { title: 'third' }])
  expect(await ofFirst()).toHaveLength(1)
  const still = await again(first)
  await still.untilText('\n300\r\n')
  expectCounted(still)
})

test('a stop is heard of through the newer runtime, to the last byte, and all last screens are there after it', async () => {
  const goodbye = 'trap \'trap "" HUP; sleep 0.3; echo goodbye; exit\' HUP; echo up; read wait'
  const old = await TerminalProbe.attach(runtime, script(goodbye, 'old'))
  await old.untilText('up')
  await takeOver(SECOND)
  const relayed = await again(old)
  await relayed.untilText('up')
  const fresh = await TerminalProbe.attach(runtime, script(goodbye, 'fresh'))
  await fresh.untilText('up')
  const pids = [...(await ofFirst()), ...(await runtime.runtimePids(SECOND))]
  await runtime.asRoot(`kill -TERM ${pids.join(' ')}`)
  for (const probe of [relayed, fresh]) {
    await probe.untilClosed()
    expect([probe.text, probe.closed]).toEqual(['up\r\ngoodbye\r\n', CLOSE.stopped])
  }
  await expect.poll(async () => [...(await ofFirst()), ...(await runtime.runtimePids(SECOND))]).toEqual([])
  await takeOver(SECOND)
  expect(await list()).toMatchObject([
    { id: old.terminal, endedBy: 'stop' },
    { id: fresh.terminal, endedBy: 'stop' },
  ])
  expect(await runtime.programs()).toEqual([])
})

test('a runtime that is no other, or is not asked to, takes nobody’s place', async () => {
  const [before] = await ofFirst()
  expect(await runtime.boot({ takeOver: true })).toMatchObject({ ready: true, version: (await health()).version })
  expect(await runtime.boot({ version: SECOND })).toMatchObject({ ready: true, version: (await health()).version })
  expect(await ofFirst()).toEqual([before])
  expect(await sockets()).toBe('0')
  const refused = await runtime.fetch('/api/v1/hand-over', { method: 'POST', headers: { authorization: 'Bearer no' } })
  expect(refused.status).toBe(401)
  const probe = await TerminalProbe.attach(runtime, { terminal: randomUUID(), ...script('cat', 'goes on') })
  expect(probe.attached.clients).toBe(1)
})
