import { Terminal } from '@xterm/headless'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkerClient } from '../../../src/client/worker-client.ts'
import { RING_BYTES } from '../../../src/contract/terminal/limits.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { docker } from '../../support/docker-inspect.ts'
import { TerminalScreen } from '../../support/terminal-screen.ts'

let agent: AgentProcess
let worker: WorkerClient
beforeAll(async () => {
  agent = await AgentProcess.start()
  worker = agent.local()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const shell = (script: string) => ({ command: ['bash', '-c', script] })

/** What one sees who comes now: state and text. */
async function look(workspace: string, terminal: string): Promise<TerminalScreen> {
  const screen = new TerminalScreen(worker, { workspace, terminal })
  await screen.until(({ client }) => !['connecting', 'live', 'reconnecting'].includes(client.state.status))
  return screen
}

/** The lines of an emulator that was given `bytes`. */
async function linesOf(bytes: Uint8Array): Promise<string[]> {
  const screen = new Terminal({ cols: 120, rows: 40, scrollback: 10_000, allowProposedApi: true })
  await new Promise<void>((resolve) => screen.write(bytes, resolve))
  const { active } = screen.buffer
  return Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '')
}

async function stopped(workspace: string): Promise<void> {
  await expect.poll(async () => (await worker.api.workspaces.get({ name: workspace })).status).toBe('stopped')
}

describe('the last screens of a workspace that is stopped', () => {
  const name = uniqueName('screens')
  let short: TerminalScreen
  let done: TerminalScreen
  let long: TerminalScreen
  beforeAll(async () => {
    await worker.api.workspaces.create({ name })
    // One after the other: they are listed in the order in which they were made.
    short = new TerminalScreen(worker, { workspace: name, create: { ...shell('echo up; read line'), title: 'short' } })
    await short.until(({ text }) => text.includes('up'))
    done = new TerminalScreen(worker, { workspace: name, create: { ...shell('echo well; exit 5'), title: 'done' } })
    await done.until(({ client }) => client.state.status === 'exited')
    const script = 'seq -f %063.0f 1 140000; echo end; read line'
    long = new TerminalScreen(worker, { workspace: name, create: { ...shell(script), title: 'long' } })
    // Of so much not all is made text each time that more comes.
    await long.until(({ bytes }) => bytes.subarray(-5).toString() === 'end\r\n', 150_000)
  })

  it('are listed and shown to whoever comes, as they were, after a restart of the agent, too', async () => {
    await worker.api.workspaces.stop({ name })
    await agent.end('SIGKILL')
    await agent.launch()
    worker = agent.local()
    const listed = await worker.api.terminals.list({ workspace: name })
    expect(listed).toMatchObject([
      { id: short.client.id, title: 'short', endedBy: 'stop', workspace: name },
      { id: done.client.id, title: 'done', exit: { code: 5 } },
      { id: long.client.id, title: 'long', endedBy: 'stop' },
    ])
    for (const { endedAt, createdAt } of listed)
      expect(Date.parse(endedAt ?? '')).toBeGreaterThan(Date.parse(createdAt))
    const [shortAgain, doneAgain, longAgain] = await Promise.all(
      [short, done, long].map(({ client }) => look(name, client.id)),
    )
    expect([shortAgain?.text, shortAgain?.client.state.status]).toEqual(['up\r\n', 'stopped'])
    expect([doneAgain?.text, doneAgain?.client.state]).toEqual(['well\r\n', { status: 'exited', exit: { code: 5 } }])
    expect(long.bytes.length).toBeGreaterThan(RING_BYTES)
    expect(await linesOf(longAgain?.bytes ?? Buffer.alloc(0))).toEqual(await linesOf(long.bytes))
  })

  it('are shown to many at once, and no terminal is made', async () => {
    const screens = await Promise.all(Array.from({ length: 12 }, () => look(name, short.client.id)))
    expect(screens.map(({ text }) => text)).toEqual(screens.map(() => 'up\r\n'))
    const other = new TerminalScreen(worker, { workspace: name })
    await other.until(({ client }) => client.state.status === 'failed')
    expect(other.client.state).toMatchObject({ code: 'PRECONDITION_FAILED' })
  })

  it('are those of a workspace that was killed, and go back to its runtime at the next start', async () => {
    await worker.api.workspaces.start({ name })
    const shot = new TerminalScreen(worker, { workspace: name, create: shell('echo before; read line') })
    await shot.until(({ text }) => text.includes('before'))
    await docker('kill', `workspace-${name}`)
    await stopped(name)
    const ids = (await worker.api.terminals.list({ workspace: name })).map(({ id }) => id)
    expect(ids).toEqual([short, done, long, shot].map(({ client }) => client.id))
    expect((await look(name, shot.client.id)).text).toBe('before\r\n')
    await worker.api.workspaces.start({ name })
    expect((await worker.api.terminals.list({ workspace: name })).map(({ id }) => id)).toEqual(ids)
    expect((await look(name, shot.client.id)).text).toBe('before\r\n')
  })

  it('are there after a rebuild, of another container', async () => {
    const before = await worker.api.terminals.list({ workspace: name })
    const { containerId } = await worker.api.workspaces.get({ name })
    const rebuilt = await worker.api.workspaces.rebuild({ name })
    expect(rebuilt).toMatchObject({ status: 'running' })
    expect(rebuilt.containerId).not.toBe(containerId)
    const after = await worker.api.terminals.list({ workspace: name })
    expect(after.map(({ id, title }) => [id, title])).toEqual(before.map(({ id, title }) => [id, title]))
    expect((await look(name, short.client.id)).text).toBe('up\r\n')
    expect(await linesOf((await look(name, long.client.id)).bytes)).toEqual(await linesOf(long.bytes))
    const left = ['sh', '-c', 'ls -d /var/lib/berth-brought; stat -c %U%a /var/lib/berth/*.ring | sort -u']
    expect((await worker.api.workspaces.exec({ name, command: left })).stdout).toBe('workspace600\n')
    await worker.api.terminals.close({ workspace: name, terminal: short.client.id })
    expect(await worker.api.terminals.list({ workspace: name })).toHaveLength(after.length - 1)
  })
})

describe('a workspace that means ill', () => {
  const name = uniqueName('hostile')

  it('has what is whole shown, and neither costs the agent more nor shows what is elsewhere', async () => {
    await worker.api.workspaces.create({ name })
    const honest = new TerminalScreen(worker, { workspace: name, create: shell('echo honest; read line') })
    await honest.until(({ text }) => text.includes('honest'))
    const forged = new TerminalScreen(worker, { workspace: name, create: shell('echo forged; read line') })
    await forged.until(({ text }) => text.includes('forged'))
    const script = `cd /var/lib/berth
      ring=$(basename "$(grep -l ${forged.client.id} *.terminal)" .terminal)
      printf 'berthrng\\377\\377\\377\\377\\377\\377\\377\\377' > "$ring"
      sed "s/${forged.client.id}/00000000-0000-4000-8000-000000000001/" "$ring.terminal" > zz-1.ring.terminal
      ln -s /etc/passwd zz-1.ring
      mkfifo zz-2.ring.terminal zz-2.ring; ln -s / zz-3; ln -s /etc/shadow zz-4.ring.terminal
      echo '{' > zz-5.ring.terminal; truncate -s 20G zz-6.ring`
    await docker('exec', '-u', 'workspace', `workspace-${name}`, 'sh', '-c', script)
    await docker('kill', `workspace-${name}`)
    await stopped(name)
    const listed = await worker.api.terminals.list({ workspace: name })
    expect(listed.map(({ id }) => id)).toEqual([honest, forged].map(({ client }) => client.id))
    expect((await look(name, honest.client.id)).text).toBe('honest\r\n')
    expect((await look(name, forged.client.id)).client.state).toMatchObject({
      status: 'failed',
      code: 'PRECONDITION_FAILED',
    })
    expect((await look(name, '00000000-0000-4000-8000-000000000001')).client.state).toMatchObject({
      status: 'failed',
      code: 'PRECONDITION_FAILED',
    })
  })
})
