import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { TerminalScreen } from '../../support/terminal-screen.ts'

let agent: AgentProcess
const alpha = uniqueName('alpha')
const beta = uniqueName('beta')
beforeAll(async () => {
  agent = await AgentProcess.start()
  await agent.local().api.workspaces.create({ name: alpha })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const numbers = (count: number): string => Array.from({ length: count }, (_, index) => `${index + 1}\r\n`).join('')

describe('a terminal', () => {
  it('goes on through kill -9 of the agent, with every line once', async () => {
    const { token } = await agent.pair()
    // Slow enough to be in the middle of it, long enough for the ring to matter.
    const script =
      'for part in 1 2 3 4 5 6 7 8 9 10; do seq $(( (part - 1) * 3000 + 1 )) $(( part * 3000 )); sleep 0.3; done'
    const screen = new TerminalScreen(agent.remote(token), {
      workspace: alpha,
      create: { command: ['bash', '-c', script] },
    })
    await screen.until(({ text }) => text.includes('\n4000\r\n'))
    await agent.end('SIGKILL')
    await screen.until(({ client }) => client.state.status === 'reconnecting')
    await agent.launch()
    await screen.until(({ client }) => client.state.status === 'exited', 120_000)
    expect(screen.states.map((state) => state.status)).toContain('reconnecting')
    expect(screen.text).toBe(numbers(30_000))
    expect(screen.client.state).toEqual({ status: 'exited', exit: { code: 0 } })
  })

  it('goes on through twenty of them, with every line once', async () => {
    const { token } = await agent.pair()
    const script = 'n=0; until [ -e ~/enough ]; do seq $((n + 1)) $((n + 500)); n=$((n + 500)); sleep 0.02; done'
    const worker = agent.remote(token)
    const screen = new TerminalScreen(worker, { workspace: alpha, create: { command: ['bash', '-c', script] } })
    for (let round = 0; round < 20; round += 1) {
      // At another place of the stream each time, soon after its return or well in the middle.
      const wanted = screen.bytes.byteLength + 1 + round * 4099
      await screen.until(({ bytes }) => bytes.byteLength >= wanted)
      await agent.end('SIGKILL')
      await agent.launch()
      worker.retryNow()
      screen.client.retryNow()
    }
    await agent.local().api.workspaces.exec({ name: alpha, command: ['touch', '/home/workspace/enough'] })
    await screen.until(({ client }) => client.state.status === 'exited', 120_000)
    const lines = screen.text.split('\r\n').length - 1
    expect(lines % 500).toBe(0)
    expect(screen.text).toBe(numbers(lines))
    expect(screen.states.filter(({ status }) => status === 'reconnecting').length).toBeGreaterThanOrEqual(20)
  }, 600_000)

  it('takes keys that were typed while the agent was away, once and in order', async () => {
    const { token } = await agent.pair()
    const screen = new TerminalScreen(agent.remote(token), {
      workspace: alpha,
      create: { command: ['bash', '-c', 'stty -echo; echo ready; head -n 200 | md5sum'] },
    })
    await screen.until(({ text }) => text.includes('ready'))
    for (let line = 0; line < 100; line += 1) screen.type(`line ${line}\n`)
    await agent.end('SIGKILL')
    for (let line = 100; line < 200; line += 1) screen.type(`line ${line}\n`)
    await agent.launch()
    await screen.until(({ client }) => client.state.status === 'exited', 120_000)
    const typed = Array.from({ length: 200 }, (_, line) => `line ${line}\n`).join('')
    expect(screen.text).toContain(createHash('md5').update(typed).digest('hex'))
  })

  it('loses nothing of 200 KB that are written just before the end', async () => {
    const worker = agent.local()
    for (let round = 0; round < 20; round += 1) {
      const command = ['sh', '-c', "stty -opost; head -c 200000 /dev/zero | tr '\\0' x"]
      const screen = new TerminalScreen(worker, { workspace: alpha, create: { command } })
      await screen.until(({ client }) => client.state.status === 'exited')
      expect(screen.bytes.byteLength).toBe(200_000)
    }
  })

  it('is listed, and ended by a call', async () => {
    const worker = agent.local()
    const screen = new TerminalScreen(worker, { workspace: alpha, create: { title: 'mine' } })
    await screen.until(({ client }) => client.state.status === 'live')
    const listed = await worker.api.terminals.list({ workspace: alpha })
    expect(listed.find(({ id }) => id === screen.client.id)).toMatchObject({ title: 'mine', workspace: alpha })
    await worker.api.terminals.close({ workspace: alpha, terminal: screen.client.id })
    await screen.until(({ client }) => client.state.status === 'exited')
  })

  it('says that its workspace is not there, or not running; its last screen is there at the next start', async () => {
    const worker = agent.local()
    const nowhere = new TerminalScreen(worker, { workspace: 'nowhere' })
    await nowhere.until(({ client }) => client.state.status === 'failed')
    expect(nowhere.client.state).toMatchObject({ status: 'failed', code: 'NOT_FOUND' })
    await worker.api.workspaces.create({ name: beta })
    const live = new TerminalScreen(worker, { workspace: beta })
    await live.until(({ client }) => client.state.status === 'live')
    live.type("trap 'echo good''bye' EXIT; echo rea''dy\n")
    await live.until(({ text }) => text.includes('ready'))
    await worker.api.workspaces.stop({ name: beta })
    await live.until(({ client }) => client.state.status === 'stopped')
    expect(live.text).toContain('goodbye')
    const stopped = new TerminalScreen(worker, { workspace: beta })
    await stopped.until(({ client }) => client.state.status === 'failed')
    expect(stopped.client.state).toMatchObject({ status: 'failed', code: 'PRECONDITION_FAILED' })
    await worker.api.workspaces.start({ name: beta })
    expect(await worker.api.terminals.list({ workspace: beta })).toMatchObject([
      { id: live.client.id, endedBy: 'stop' },
    ])
    const again = new TerminalScreen(worker, { workspace: beta, terminal: live.client.id })
    await again.until(({ client }) => client.state.status === 'stopped')
    expect(again.text).toBe(live.text)
    await worker.api.terminals.close({ workspace: beta, terminal: live.client.id })
    expect(await worker.api.terminals.list({ workspace: beta })).toEqual([])
    await worker.api.workspaces.delete({ name: beta, force: true })
  })
})
