import { describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../../test/support/manual-clock.ts'
import type { FrameHandlers } from '../../contract/terminal/frame-socket.ts'
import { createFloodPace } from './flood-pace.ts'
import { relayFrames } from './relay.ts'

/** One side of a relay, whose peer reads only when it is told to. */
function side() {
  const sent: (string | Uint8Array)[] = []
  const closes: number[] = []
  const waiting: (() => void)[] = []
  let handlers: FrameHandlers | undefined
  const state = { bufferedBytes: 0, isPaused: false, isReading: true, isClosed: false }
  return {
    sent,
    closes,
    state,
    get bufferedBytes() {
      return state.bufferedBytes
    },
    send: (message: string | Uint8Array) => {
      sent.push(message)
      if (!state.isReading) state.bufferedBytes += message.length
    },
    listen: (given: FrameHandlers) => {
      handlers = given
    },
    pause: () => {
      state.isPaused = true
    },
    resume: () => {
      state.isPaused = false
    },
    close: (code: number) => {
      if (state.isClosed) return
      state.isClosed = true
      closes.push(code)
      handlers?.closed(code, '')
    },
    drained: () => new Promise<void>((resolve) => waiting.push(resolve)),
    /** The peer reads all. */
    drain: () => {
      state.bufferedBytes = 0
      for (const resolve of waiting.splice(0)) resolve()
    },
    receive: (message: string | Uint8Array) => handlers?.message(message),
    /** The peer goes. */
    end: (code: number) => {
      state.isClosed = true
      handlers?.closed(code, '')
    },
  }
}

function relay(
  clock = new ManualClock(),
  floodPace = createFloodPace({ steadyMs: clock.steady, schedule: (look, ms) => void clock.schedule(look, ms) }),
) {
  const client = side()
  const server = side()
  const ends: string[] = []
  const pace = floodPace.join()
  relayFrames({ client, server, brokenCode: 1012, pace, clock, ended: () => void ends.push('ended') })
  return { client, server, ends }
}

describe('a relay', () => {
  it('passes messages on as they are', () => {
    const { client, server } = relay()
    client.receive('{"type":"attach"}')
    client.receive(Uint8Array.of(1))
    server.receive(Uint8Array.of(2))
    expect([server.sent, client.sent]).toEqual([['{"type":"attach"}', Uint8Array.of(1)], [Uint8Array.of(2)]])
  })

  it('reads no more from one side while the other does not take it, and goes on when it does', async () => {
    const { client, server } = relay()
    client.state.isReading = false
    const chunk = new Uint8Array(65_536)
    let received = 0
    while (!server.state.isPaused && received < 1000) {
      server.receive(chunk)
      received += 1
    }
    expect(received).toBe(5)
    expect(client.state.isPaused).toBe(false)
    client.drain()
    await settle()
    expect(server.state.isPaused).toBe(false)
  })

  it('lets a flood rest while somebody types beside it, however full the client is meanwhile', async () => {
    const clock = new ManualClock()
    const floodPace = createFloodPace({ steadyMs: clock.steady, schedule: (look, ms) => void clock.schedule(look, ms) })
    const typed = relay(clock, floodPace)
    const flood = relay(clock, floodPace)
    typed.client.receive(Uint8Array.of(1))
    flood.client.state.isReading = false
    for (let messages = 0; messages < 17; messages += 1) flood.server.receive(new Uint8Array(65_536))
    expect([typed.server.state.isPaused, flood.server.state.isPaused]).toEqual([false, true])
    await clock.advance(1_000)
    expect(flood.server.state.isPaused).toBe(true)
    flood.client.drain()
    await settle()
    expect(flood.server.state.isPaused).toBe(false)
  })

  it.each([
    [1000, 1000],
    [1001, 1001],
    [4008, 4008],
    [1006, 1012],
    [1005, 1012],
  ])('ends the client with the code that fits the end %i of the runtime', (code, expected) => {
    const { client, server, ends } = relay()
    server.end(code)
    expect(client.closes).toEqual([expected])
    expect(ends).toEqual(['ended'])
  })

  it('leaves the runtime when the client goes, without ending the terminal', () => {
    const { client, server, ends } = relay()
    client.end(1006)
    expect(server.closes).toEqual([1000])
    expect(server.sent).toEqual([])
    expect(ends).toEqual(['ended'])
  })

  it('lets go of a runtime that sends on to a port that says nothing', () => {
    const server = side()
    const { drained: _none, ...client } = side()
    const pace = { typed: () => undefined, carried: () => 0, leave: () => undefined }
    relayFrames({ client, server, brokenCode: 1012, pace, clock: new ManualClock(), ended: () => undefined })
    const frame = new Uint8Array(1_048_576)
    for (let sent = 0; sent < 8; sent += 1) server.receive(frame)
    client.receive('{"type":"ack","offset":8388608}')
    for (let sent = 0; sent < 8; sent += 1) server.receive(frame)
    expect([server.closes, client.closes, client.sent.length]).toEqual([[], [], 16])
    server.receive(frame)
    expect([server.closes, client.closes, client.sent.length]).toEqual([[1008], [1008], 16])
  })

  it('lets no message through that is larger than the contract allows', () => {
    for (const message of [new Uint8Array(65_537), 'x'.repeat(1_048_577)]) {
      const { client, server } = relay()
      client.receive(message)
      expect(client.closes).toEqual([1009])
      expect(server.sent).toEqual([])
    }
  })
})
