import { afterEach, describe, expect, it } from 'vitest'
import { settle } from '../../../test/support/manual-clock.ts'
import { UPLOAD_PIECE_BYTES, UPLOAD_WINDOW_BYTES } from '../../contract/upload/limits.ts'
import type { UploadAnswer } from '../../contract/upload/messages.ts'
import { PortFrames } from '../frames/port-frames.ts'
import type { FileSource } from '../worker-client.ts'
import { workspaceFiles } from './workspace-files.ts'

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

/** The workspace's side of one upload, which says what the test says. */
class Taker {
  readonly texts: string[] = []
  bytes = 0
  closed: number | undefined
  readonly frames: PortFrames

  constructor(port: MessagePort) {
    this.frames = new PortFrames(port)
    this.frames.listen({
      message: (message) => {
        if (typeof message === 'string') this.texts.push(message)
        else this.bytes += message.length
      },
      closed: (code) => {
        this.closed = code
      },
    })
  }

  say(answer: UploadAnswer): void {
    this.frames.send(JSON.stringify(answer))
  }
}

function worker() {
  const takers: Taker[] = []
  const disposed = new AbortController()
  const openUpload = async (): Promise<PortFrames> => {
    const { port1, port2 } = new MessageChannel()
    ports.push(port1, port2)
    takers.push(new Taker(port2))
    return new PortFrames(port1)
  }
  return { files: workspaceFiles({ openUpload }, disposed.signal), takers, disposed }
}

function file(size: number, readable = size): FileSource {
  let left = readable
  const read = async () => {
    const value = left > 0 ? new Uint8Array(Math.min(left, 200_000)) : undefined
    left -= value?.length ?? 0
    return { done: value === undefined, value }
  }
  return { name: 'a.bin', size, stream: () => ({ getReader: () => ({ read, cancel: async () => undefined }) }) }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !isSo(); turn += 1) await settle()
  expect(isSo()).toBe(true)
}

const taker = async ({ takers }: { takers: Taker[] }, index = 0): Promise<Taker> => {
  await until(() => (takers[index]?.texts.length ?? 0) > 0)
  const found = takers[index]
  if (found === undefined) throw new Error('not there')
  return found
}

describe('a file for a workspace', () => {
  it('is sent no faster than it is taken, and says where it is', async () => {
    const side = worker()
    const size = 3 * UPLOAD_WINDOW_BYTES + 1
    const told: number[] = []
    const upload = side.files.upload({ workspace: 'a', source: file(size), onProgress: (bytes) => told.push(bytes) })
    const far = await taker(side)
    expect(JSON.parse(far.texts[0] ?? '')).toEqual({ type: 'upload', name: 'a.bin', size })
    await settle()
    expect(far.bytes).toBe(0)
    far.say({ type: 'ready' })
    for (let taken = 0; taken < size; ) {
      const window = Math.min(size, taken + UPLOAD_WINDOW_BYTES)
      await until(() => far.bytes > window - UPLOAD_PIECE_BYTES)
      await settle()
      expect(far.bytes).toBeLessThanOrEqual(window)
      taken = far.bytes
      far.say({ type: 'taken', offset: taken })
    }
    far.say({ type: 'done', path: '/home/x/a-2.bin' })
    expect(await upload).toEqual({ path: '/home/x/a-2.bin' })
    expect(told.at(-1)).toBe(size)
    await until(() => far.closed === 1000)
  })

  it('is cancelled by its signal, and by that of the worker', async () => {
    const side = worker()
    const cancel = new AbortController()
    const upload = side.files.upload({ workspace: 'a', source: file(1e7), signal: cancel.signal })
    const far = await taker(side)
    far.say({ type: 'ready' })
    await until(() => far.bytes > 0)
    cancel.abort(new Error('not wanted'))
    await expect(upload).rejects.toThrow('not wanted')
    await until(() => far.closed === 1000)
    const other = side.files.upload({ workspace: 'a', source: file(1e7) })
    await taker(side, 1)
    side.disposed.abort()
    await expect(other).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('that the workspace refuses tells why', async () => {
    const side = worker()
    const upload = side.files.upload({ workspace: 'a', source: file(10) })
    const far = await taker(side)
    far.say({ type: 'error', code: 'PRECONDITION_FAILED', message: 'The disk is full.', hint: 'Make room.' })
    far.frames.close(1008)
    await expect(upload).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', hint: 'Make room.' })
  })

  it('whose channel breaks off is not there', async () => {
    const side = worker()
    const upload = side.files.upload({ workspace: 'a', source: file(1e7) })
    const far = await taker(side)
    far.say({ type: 'ready' })
    await until(() => far.bytes > 0)
    far.frames.close(1006)
    await expect(upload).rejects.toMatchObject({ name: 'LinkError', reason: 'unreachable' })
  })

  it.each([
    ['shorter', 10],
    ['longer', 30],
  ])('that turns out %s than it was is not sent as if it were whole', async (_, readable) => {
    const side = worker()
    const upload = side.files.upload({ workspace: 'a', source: file(20, readable) })
    const far = await taker(side)
    far.say({ type: 'ready' })
    await expect(upload).rejects.toMatchObject({ code: 'CHANGED' })
    await until(() => far.closed === 1000)
    expect(far.bytes).toBeLessThanOrEqual(20)
  })

  it('waits for its turn where several are under way, and leaves the line when it is cancelled', async () => {
    const side = worker()
    const uploads = Array.from({ length: 3 }, () => side.files.upload({ workspace: 'a', source: file(0) }))
    const cancel = new AbortController()
    const cancelled = side.files.upload({ workspace: 'a', source: file(0), signal: cancel.signal })
    const last = side.files.upload({ workspace: 'a', source: file(0) })
    await taker(side, 2)
    await settle()
    expect(side.takers).toHaveLength(3)
    cancel.abort()
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
    const finish = (far: Taker): void => {
      far.say({ type: 'ready' })
      far.say({ type: 'done', path: '/x' })
    }
    for (const far of side.takers) finish(far)
    await Promise.all(uploads)
    finish(await taker(side, 3))
    await last
    expect(side.takers).toHaveLength(4)
  })
})
