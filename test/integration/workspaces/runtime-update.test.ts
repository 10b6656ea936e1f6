import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLOSE } from '../../../src/contract/terminal/limits.ts'
import { containerName } from '../../../src/domain/engine-names.ts'
import { CoreFixture, collectEvents, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { RuntimeCopies } from '../../support/runtime-copies.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const OLD = '0.0.9'
const NEW = '0.0.10'
const BROKEN = '0.0.11'
const FIXED = '0.0.12'
const NAME = 'updated'
const COUNT = 'i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done'

let copies: RuntimeCopies
let fixture: CoreFixture
beforeAll(async () => {
  copies = new RuntimeCopies(OLD, NEW, BROKEN, FIXED)
  copies.break(BROKEN)
  fixture = await CoreFixture.start({ runtimeDir: copies.runtimeDir(OLD) })
  await fixture.core.workspaces.create({ name: NAME })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  copies[Symbol.dispose]()
})

/** The agent ends, and one of that version is started. */
async function restartAs(version: string): Promise<void> {
  const core = await fixture.restartCore({ runtimeDir: copies.runtimeDir(version) })
  await until(core, () => core.workspaces.get(NAME).runtime?.status === 'ready')
}
const reported = () => fixture.core.workspaces.get(NAME).runtime?.version
async function attach(options: Parameters<typeof TerminalProbe.attach>[1]): Promise<TerminalProbe> {
  const { host, port, token } = await fixture.core.workspaces.runtimeEndpoint(NAME)
  return await TerminalProbe.attach({ url: `http://${host}:${port}`, token }, options)
}
/** Folders, in the volume, of the runtimes that run. */
const folders = async () =>
  (await docker('exec', containerName(NAME), 'pgrep', '-af', 'runtime[.]cjs$'))
    .split('\n')
    .map((line) => /berth\/([\d.]+)-/.exec(line)?.[1])
    .sort()

it('an agent that was updated brings a workspace without terminals up to date, and leaves a newer one as it is', async () => {
  expect([reported(), await folders()]).toEqual([OLD, [OLD]])
  await restartAs(NEW)
  expect(reported()).toBe(NEW)
  await expect.poll(folders).toEqual([NEW])
  await restartAs(OLD)
  expect([reported(), await folders()]).toEqual([NEW, [NEW]])
})

/** A workspace whose runtime is the old one, without terminals. */
async function startOld(): Promise<void> {
  await restartAs(OLD)
  const { workspaces } = fixture.core
  await workspaces.stop(NAME)
  await workspaces.start(NAME)
  for (const { id } of await workspaces.terminals(NAME)) await workspaces.closeTerminal(NAME, id)
  expect([reported(), await folders()]).toEqual([OLD, [OLD]])
}

it('what runs in terminals goes on through it, new ones run in the new version, and the old one ends by itself', async () => {
  await startOld()
  const before = await attach({ create: { command: ['sh', '-c', `${COUNT} & read word; echo got $word; exit 3`] } })
  await before.untilText('\n50\r\n')
  before.drop()
  await restartAs(NEW)
  const { core } = fixture
  expect([reported(), await folders()]).toEqual([NEW, [NEW, OLD]])
  const after = await attach({ terminal: before.terminal, create: undefined, after: before.offset })
  const fresh = await attach({ create: { command: ['sh', '-c', 'tr "\\0" " " </proc/$PPID/cmdline; read wait'] } })
  await fresh.untilText(`/${NEW}-`)
  expect(await run(core, NAME, 'sh', '-c', 'tr "\\0" " " </proc/$PPID/cmdline')).toContain(`/${NEW}-`)
  await after.untilText('\n300\r\n')
  const lines = (before.text + after.text).split('\r\n').slice(0, -1).map(Number)
  expect(lines).toEqual(lines.map((_, index) => index + 1))
  expect((await core.workspaces.terminals(NAME)).map(({ id }) => id)).toEqual([before.terminal, fresh.terminal])
  const { events, stop } = collectEvents(core)
  after.type('typed\r')
  await after.untilText('got typed')
  await expect.poll(folders).toEqual([NEW])
  await expect
    .poll(() => core.workspaces.terminals(NAME))
    .toMatchObject([{ id: before.terminal, exit: { code: 3 } }, { id: fresh.terminal }])
  expect(events.map(({ type }) => type)).toContain('terminals.changed')
  stop()
})

it('a stop while the old one still drains lets its programs say goodbye, and their last screens are there after it', async () => {
  await startOld()
  const goodbye = 'trap \'trap "" TERM HUP; sleep 0.5; echo goodbye; exit\' TERM HUP; echo up; read wait'
  const before = await attach({ create: { command: ['sh', '-c', goodbye] } })
  await before.untilText('up')
  before.drop()
  await restartAs(NEW)
  const after = await attach({ terminal: before.terminal, create: undefined })
  await after.untilText('up')
  const { workspaces } = fixture.core
  await workspaces.stop(NAME)
  await after.untilClosed()
  expect([after.text, after.closed]).toEqual(['up\r\ngoodbye\r\n', CLOSE.stopped])
  await workspaces.start(NAME)
  expect([reported(), await folders()]).toEqual([NEW, [NEW]])
  expect(await workspaces.terminals(NAME)).toMatchObject([{ id: before.terminal, endedBy: 'stop' }])
})

it('where the new one does not come up, the one before does in its place, and what runs is reached through it', async () => {
  await restartAs(NEW)
  const before = await attach({ create: { command: ['sh', '-c', COUNT] } })
  await before.untilText('\n50\r\n')
  before.drop()
  await restartAs(BROKEN)
  expect([reported(), await folders()]).toEqual([NEW, [NEW, NEW]])
  const after = await attach({ terminal: before.terminal, create: undefined, after: before.offset })
  await after.untilText('\n300\r\n')
  const fresh = await attach({ create: { command: ['sh', '-c', 'echo up; read wait'] } })
  await fresh.untilText('up')
  after.drop()
  await restartAs(FIXED)
  expect([reported(), await folders()]).toEqual([FIXED, [NEW, NEW, FIXED]])
  const last = await attach({ terminal: before.terminal, create: undefined, after: after.offset })
  await last.untilText('\n500\r\n')
  const lines = (before.text + after.text + last.text).split('\r\n').slice(0, -1).map(Number)
  expect(lines).toEqual(lines.map((_, index) => index + 1))
})
