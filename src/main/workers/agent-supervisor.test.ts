import { EventEmitter } from 'node:events'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AgentChild, AgentSupervisor } from './agent-supervisor.ts'

/** A process that does what a test tells it. */
class FakeChild extends EventEmitter {
  readonly pid = 1
  readonly posted: unknown[] = []

  postMessage(message: unknown): void {
    this.posted.push(message)
  }
}

function supervise() {
  const children: FakeChild[] = []
  const fork = (): AgentChild => {
    const child = new FakeChild()
    children.push(child)
    return child
  }
  const supervisor = new AgentSupervisor({
    fork,
    now: () => Date.now(),
    log: pino({ enabled: false }),
    askVault: async ({ id }) => ({ kind: 'vault-answer', id, secrets: { 'env/A': '1' }, status: { place: 'unused' } }),
  })
  supervisor.start()
  return { supervisor, children, status: () => supervisor.summary.value.status }
}

const ready = { kind: 'ready', capabilities: [], version: '1.0.0', agentId: 'agent-1' }
const fakePort = () => {
  const close = vi.fn()
  return { close, port: { close } as unknown as Parameters<AgentSupervisor['join']>[1] }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('AgentSupervisor', () => {
  it('answers what the agent asks of the vault, and the agent that asked alone', async () => {
    const { children } = supervise()
    children[0]?.emit('message', { kind: 'vault', id: 7, ask: { verb: 'load' } })
    await vi.waitFor(() => expect(children[0]?.posted).toMatchObject([{ kind: 'vault-answer', id: 7 }]))
    children[0]?.emit('message', { kind: 'vault', id: 8, ask: { verb: 'load' } })
    children[0]?.emit('exit', 1)
    await vi.advanceTimersByTimeAsync(1)
    expect(children.map(({ posted }) => posted.length)).toEqual([1, 0])
  })

  it('starts the agent again when it crashes, and says so', () => {
    const { supervisor, children, status } = supervise()
    expect(supervisor.agentId).toBeUndefined()
    children[0]?.emit('message', ready)
    expect(status()).toBe('active')
    expect(supervisor.agentId).toBe('agent-1')
    children[0]?.emit('exit', 9)
    expect(status()).toBe('unreachable')
    vi.advanceTimersByTime(0)
    expect(children).toHaveLength(2)
    children[1]?.emit('message', ready)
    expect(supervisor.summary.value).toMatchObject({
      status: 'active',
      diagnostics: [{ code: 'embedded_agent_restarted' }],
    })
  })

  it('waits longer when it crashes at every start', () => {
    const { children } = supervise()
    children[0]?.emit('exit', 1)
    vi.advanceTimersByTime(0)
    children[1]?.emit('exit', 1)
    vi.advanceTimersByTime(249)
    expect(children).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(children).toHaveLength(3)
  })

  it('starts an agent that waits at once where somebody asks for it, and never a second one', () => {
    const { supervisor, children, status } = supervise()
    supervisor.retryNow()
    for (let crash = 0; crash < 5; crash += 1) {
      children.at(-1)?.emit('exit', 1)
      supervisor.retryNow()
      supervisor.retryNow()
    }
    expect(children).toHaveLength(6)
    vi.advanceTimersByTime(60_000)
    expect(children).toHaveLength(6)
    children.at(-1)?.emit('message', ready)
    supervisor.retryNow()
    expect([children.length, status()]).toEqual([6, 'active'])
  })

  it('starts none that is asked for after its end', async () => {
    const { supervisor, children } = supervise()
    children[0]?.emit('exit', 1)
    await supervisor.shutdown(5_000)
    supervisor.retryNow()
    expect(children).toHaveLength(1)
  })

  it('hands ports to a live agent, and closes those that no agent can take', () => {
    const { supervisor, children } = supervise()
    const [taken, refused] = [fakePort(), fakePort()]
    supervisor.join({ kind: 'worker' }, taken.port)
    expect(children[0]?.posted).toEqual([{ kind: 'worker' }])
    expect(taken.close).not.toHaveBeenCalled()
    children[0]?.emit('exit', 9)
    supervisor.join({ kind: 'worker' }, refused.port)
    expect(refused.close).toHaveBeenCalledOnce()
  })

  it('asks the agent to end and waits for it', async () => {
    const { supervisor, children } = supervise()
    const ended = supervisor.shutdown(5_000)
    expect(children[0]?.posted).toEqual([{ kind: 'shutdown' }])
    children[0]?.emit('exit', 0)
    await ended
    vi.advanceTimersByTime(60_000)
    expect(children).toHaveLength(1)
  })

  it('does not wait for ever for an agent that is stuck', async () => {
    const { supervisor } = supervise()
    const ended = supervisor.shutdown(5_000)
    await vi.advanceTimersByTimeAsync(5_000)
    await ended
  })

  it('ends at once while no agent runs, and starts none after that', async () => {
    const { supervisor, children } = supervise()
    children[0]?.emit('exit', 1)
    await supervisor.shutdown(5_000)
    vi.advanceTimersByTime(60_000)
    expect(children).toHaveLength(1)
  })

  it('does not take a message that is not in the contract for an answer', () => {
    const { children, status } = supervise()
    children[0]?.emit('message', { kind: 'ready' })
    children[0]?.emit('message', 'ready')
    expect(status()).toBe('connecting')
  })
})
