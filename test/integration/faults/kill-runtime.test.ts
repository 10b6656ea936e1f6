import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLOSE } from '../../../src/contract/terminal/limits.ts'
import { CoreFixture, collectEvents, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { type ProbeOptions, TerminalProbe } from '../../support/terminal-probe.ts'

let fixture: CoreFixture
beforeAll(async () => {
  fixture = await CoreFixture.start()
  await fixture.core.workspaces.create({ name: 'hit' })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
})

async function attach(terminal: string, more: ProbeOptions): Promise<TerminalProbe> {
  const { host, port, token } = await fixture.core.workspaces.runtimeEndpoint('hit')
  return await TerminalProbe.attach({ url: `http://${host}:${port}`, token }, { terminal, ...more })
}

it('a runtime that is killed is started again; its terminals are ended, can be read and leave no program', async () => {
  const { core } = fixture
  const terminal = randomUUID()
  const probe = await attach(terminal, { create: {} })
  probe.type('sleep 4242 & echo up\r')
  await probe.untilText(/^up/m)
  const { events, stop } = collectEvents(core)
  await docker('exec', 'workspace-hit', 'pkill', '-9', '-f', 'runtime.cjs$')
  await until(core, () =>
    events.some((event) => event.type === 'workspace.changed' && event.workspace.runtime?.status === 'starting'),
  )
  await until(core, () => core.workspaces.get('hit').runtime?.status === 'ready')
  stop()
  expect(core.workspaces.get('hit').status).toBe('running')
  expect(await core.workspaces.terminals('hit')).toMatchObject([{ id: terminal, endedBy: 'stop' }])
  const lost = await attach(terminal, { create: undefined })
  await lost.untilClosed()
  expect([lost.output.equals(probe.output), lost.closed]).toEqual([true, CLOSE.stopped])
  await expect.poll(() => run(core, 'hit', 'sh', '-c', 'pgrep -f "sleep 424[2]" || echo none')).toBe('none\n')
  const next = await attach(randomUUID(), { create: {} })
  next.type('echo again\r')
  await next.untilText(/^again/m)
})
