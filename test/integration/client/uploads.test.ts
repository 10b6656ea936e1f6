import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileSource } from '../../../src/client/worker-client.ts'
import { CLOSE } from '../../../src/contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../../src/contract/upload/limits.ts'
import { containerName } from '../../../src/domain/engine-names.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { docker } from '../../support/docker-inspect.ts'
import { socketEnd } from '../../support/raw-request.ts'

let agent: AgentProcess
let token: string
const name = uniqueName('files')
beforeAll(async () => {
  agent = await AgentProcess.start()
  token = (await agent.pair()).token
  await agent.local().api.workspaces.create({ name })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const inside = async (...command: string[]): Promise<string> => {
  const { stdout } = await agent.local().api.workspaces.exec({ name, command })
  return stdout.trim()
}

/** A file of so many bytes that are no more in memory than a piece at a time, and their digest as they were read. */
function largeFile(size: number): FileSource & { digest(): string } {
  const piece = randomBytes(1_000_000)
  const hash = createHash('sha256')
  let left = size
  const read = async () => {
    if (left === 0) return { done: true }
    piece.writeUInt32LE(left)
    const value = piece.subarray(0, Math.min(left, piece.length))
    left -= value.length
    hash.update(value)
    return { done: false, value: new Uint8Array(value) }
  }
  const stream = () => ({ getReader: () => ({ read, cancel: async () => undefined }) })
  return { name: 'large.bin', size, stream, digest: () => hash.digest('hex') }
}

/** The most that a process has had in memory (`VmHWM`, proc(5)), in bytes. */
async function peakBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 'none'}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/** The pid, on this computer, of the runtime of the workspace. */
async function runtimePid(): Promise<number> {
  const lines = (await docker('top', containerName(name), '-o', 'pid,args')).split('\n')
  return Number.parseInt(lines.find((line) => line.includes('runtime.cjs')) ?? '', 10)
}

describe('files for a workspace', () => {
  it('of 100 MB arrive byte for byte, with memory that does not grow with them', async () => {
    const worker = agent.remote(token)
    const runtime = await runtimePid()
    // What the collector of a busy process lets lie is there after the first of them.
    await worker.files.upload({ workspace: name, source: largeFile(100_000_000) })
    const before = { agent: await peakBytes(agent.pid), runtime: await peakBytes(runtime) }
    const source = largeFile(100_000_000)
    const told: number[] = []
    const { path } = await worker.files.upload({ workspace: name, source, onProgress: (bytes) => told.push(bytes) })
    expect((await inside('sha256sum', path)).split(' ')[0]).toBe(source.digest())
    expect(told.at(-1)).toBe(100_000_000)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect((await peakBytes(agent.pid)) - before.agent).toBeLessThan(40_000_000)
    expect((await peakBytes(runtime)) - before.runtime).toBeLessThan(40_000_000)
  }, 120_000)

  it('that are cancelled leave nothing', async () => {
    const worker = agent.local()
    const cancel = new AbortController()
    const source = { ...largeFile(50_000_000), name: 'cancelled.bin' }
    const upload = worker.files.upload({
      ...{ workspace: name, source, signal: cancel.signal },
      onProgress: () => cancel.abort(),
    })
    await expect(upload).rejects.toMatchObject({ name: 'AbortError' })
    await expect
      .poll(() => inside('ls', '-A', '/workspace'), { timeout: 30_000 })
      .not.toMatch(/cancelled|\.berth-upload/)
  })

  it('are not there where the agent is killed in the middle', async () => {
    const source = { ...largeFile(1_000_000_000), name: 'cut.bin' }
    const upload = agent.local().files.upload({
      ...{ workspace: name, source },
      onProgress: () => void agent.end('SIGKILL'),
    })
    await expect(upload).rejects.toMatchObject({ name: 'LinkError', reason: 'unreachable' })
    await agent.launch()
    await expect
      .poll(() => inside('ls', '-A', '/workspace'), { timeout: 30_000 })
      .not.toMatch(/cut\.bin|\.berth-upload/)
  })

  it('say that there is no such workspace, or that it does not run', async () => {
    const worker = agent.local()
    const source = largeFile(10)
    await expect(worker.files.upload({ workspace: 'nowhere', source })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const other = uniqueName('stopped')
    await worker.api.workspaces.create({ name: other })
    await worker.api.workspaces.stop({ name: other })
    await expect(worker.files.upload({ workspace: other, source })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    })
    await worker.api.workspaces.delete({ name: other, force: true })
  })

  it('are taken from nobody without a token, from another site or under another name', async () => {
    const path = `/upload/${name}`
    const protocols = [UPLOAD_SUBPROTOCOL]
    const authorized = { authorization: `Bearer ${token}` }
    expect(await socketEnd(agent.url, { path, protocols })).toMatchObject({ code: CLOSE.unauthorized })
    const foreign = { ...authorized, origin: 'https://evil.example' }
    expect(await socketEnd(agent.url, { path, protocols, headers: foreign })).toMatchObject({ status: 403 })
    const rebound = { ...authorized, host: `evil.example:${agent.port}` }
    expect(await socketEnd(agent.url, { path, protocols, headers: rebound })).toMatchObject({ code: 0 })
    expect(await socketEnd(agent.url, { path, headers: authorized })).toMatchObject({ status: 404 })
  })
})
