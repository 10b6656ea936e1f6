import { afterAll, beforeAll, expect, it } from 'vitest'
import { CoreFixture, run } from '../../support/core.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let fixture: CoreFixture
beforeAll(async () => {
  fixture = await CoreFixture.start()
  await fixture.core.workspaces.create({ name: 'saving' })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
})

/** A program that takes its time to save when it is asked to end, and saves by another program. */
const saving = (file: string) =>
  `trap 'sleep 1; date >~/${file}; exit' TERM HUP; echo up; touch ~/${file}.up; while :; do sleep 0.1; done`

const inTerminal = async (script: string): Promise<TerminalProbe> => {
  const { host, port, token } = await fixture.core.workspaces.runtimeEndpoint('saving')
  const probe = await TerminalProbe.attach({ url: `http://${host}:${port}`, token }, { create: {} })
  probe.type(`${script}\r`)
  return probe
}
const sh = (script: string) => run(fixture.core, 'saving', 'sh', '-c', script)
const inBackground = (script: string) =>
  sh(`setsid nohup sh -c "$0" </dev/null >/dev/null 2>&1 & :`.replace('"$0"', `'${script.replaceAll("'", `'\\''`)}'`))

for (const verb of ['stop', 'restart'] as const) {
  it(`${verb}: programs in terminals and daemons save what they hold`, async () => {
    const { workspaces } = fixture.core
    await sh('rm -f ~/in-*')
    const probe = await inTerminal(saving('in-terminal'))
    await probe.untilText(/^up/m)
    await inBackground(saving('in-background'))
    await sh('until test -e ~/in-background.up; do sleep 0.05; done')
    if (verb === 'restart') await workspaces.restart('saving')
    else {
      await workspaces.stop('saving')
      await workspaces.start('saving')
    }
    expect((await sh('cd ~; ls in-terminal in-background')).trim().split('\n')).toEqual([
      'in-background',
      'in-terminal',
    ])
  })
}

it('a stop with nothing to end takes no time for it', async () => {
  const { workspaces } = fixture.core
  const begin = performance.now()
  await workspaces.stop('saving')
  const spentMs = performance.now() - begin
  expect(spentMs).toBeLessThan(8_000)
  await workspaces.start('saving')
})

it('a program that will not end is killed, and no runtime is started for whoever asks meanwhile', async () => {
  const { workspaces } = fixture.core
  const probe = await inTerminal(`trap '' TERM HUP; echo up; while :; do sleep 0.1; done`)
  await probe.untilText(/^up/m)
  const begin = performance.now()
  const stopping = workspaces.stop('saving')
  const asked = () => workspaces.runtimeEndpoint('saving').then(() => 'running', String)
  await expect.poll(asked).toContain('is being stopped')
  expect(await stopping).toMatchObject({ status: 'stopped' })
  const spentMs = performance.now() - begin
  expect(spentMs).toBeLessThan(20_000)
  expect(await workspaces.start('saving')).toMatchObject({ status: 'running' })
})
