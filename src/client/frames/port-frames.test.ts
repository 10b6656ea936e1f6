import { afterEach, describe, expect, it } from 'vitest'
import { settle } from '../../../test/support/manual-clock.ts'
import { PortFrames } from './port-frames.ts'

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

function pair() {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  return { near: new PortFrames(port1), far: new PortFrames(port2), port1, port2 }
}

function listen(frames: PortFrames) {
  const messages: (string | Uint8Array)[] = []
  const ends: [number, string][] = []
  frames.listen({
    message: (message) => void messages.push(message),
    closed: (code, reason) => void ends.push([code, reason]),
  })
  return { messages, ends }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isSo(); turn += 1) await settle()
  expect(isSo()).toBe(true)
}

describe('frames over a port', () => {
  it('arrive whole and in order, also those from before anybody listened', async () => {
    const { near, far } = pair()
    near.send('text')
    near.send(Uint8Array.of(1, 2, 3))
    await settle()
    const { messages } = listen(far)
    near.send('more')
    await until(() => messages.length === 3)
    expect(messages).toEqual(['text', Uint8Array.of(1, 2, 3), 'more'])
  })

  it('carry nothing but their own bytes of a shared buffer', async () => {
    const { near, port2 } = pair()
    const shared = Buffer.from('secret before|mine|secret after').subarray(14, 18)
    const got = new Promise<unknown>((resolve) => port2.addEventListener('message', ({ data }) => resolve(data)))
    port2.start()
    near.send(shared)
    const data = await got
    expect(data).toBeInstanceOf(Uint8Array)
    expect(data instanceof Uint8Array && Buffer.from(data.buffer).toString()).toBe('mine')
  })

  it('end with the code of the side that closes, once, and nothing follows', async () => {
    const { near, far } = pair()
    const here = listen(near)
    const there = listen(far)
    near.send('last')
    near.close(4004, 'No such workspace.')
    near.send('too late')
    near.close(1000)
    await until(() => there.ends.length > 0)
    await settle()
    expect(there).toEqual({ messages: ['last'], ends: [[4004, 'No such workspace.']] })
    expect(here.ends).toEqual([[4004, 'No such workspace.']])
  })

  it('end with 1006 where the other end goes without a word', async () => {
    const { near, port2 } = pair()
    const { ends } = listen(near)
    port2.close()
    await until(() => ends.length > 0)
    expect(ends).toEqual([[1006, '']])
  })

  it('end where something comes that is no frame', async () => {
    const { near, port2 } = pair()
    const { ends, messages } = listen(near)
    port2.postMessage({ type: 'other' })
    port2.postMessage('after')
    await until(() => ends.length > 0)
    expect(ends[0]?.[0]).toBe(1003)
    expect(messages).toEqual([])
  })
})
