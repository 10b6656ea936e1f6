import { describe, expect, it } from 'vitest'
import type { FrameHandlers, FrameSocket } from '../contract/terminal/frame-socket.ts'
import { CLOSE } from '../contract/terminal/limits.ts'
import { passOn } from './passed-on.ts'

/** A side that writes down what it is told, and says what the test says. */
function side() {
  const state = { bufferedBytes: 0, handlers: undefined as FrameHandlers | undefined }
  const told: unknown[] = []
  const socket: FrameSocket = {
    get bufferedBytes() {
      return state.bufferedBytes
    },
    send: (message) => void told.push(message),
    listen: (handlers) => {
      state.handlers = handlers
    },
    pause: () => undefined,
    resume: () => undefined,
    close: (code) => void told.push(code),
  }
  return { socket, state, told }
}

function relay() {
  const client = side()
  const holder = side()
  return { client, holder, fromClient: passOn(client.socket, holder.socket) }
}

describe('a terminal that another process holds', () => {
  it('is carried message by message, either way', () => {
    const { client, holder, fromClient } = relay()
    const bytes = Uint8Array.of(1, 2)
    fromClient.message('attach')
    fromClient.message(bytes)
    holder.state.handlers?.message('attached')
    holder.state.handlers?.message(bytes)
    expect([holder.told, client.told]).toEqual([
      ['attach', bytes],
      ['attached', bytes],
    ])
  })

  it.each([
    [CLOSE.exited, CLOSE.exited],
    [CLOSE.stopped, CLOSE.stopped],
    [CLOSE.replaced, CLOSE.replaced],
    [1006, CLOSE.tryAgain],
    [1005, CLOSE.tryAgain],
  ])('ends with %i as its holder says, and as one to try again where that broke', (code, expected) => {
    const { client, holder } = relay()
    holder.state.handlers?.closed(code, '')
    expect(client.told).toEqual([expected])
  })

  it('is let go of with the client, and goes on', () => {
    const { holder, fromClient } = relay()
    fromClient.closed(1006, '')
    expect(holder.told).toEqual([CLOSE.exited])
  })

  it('takes no input without bound', () => {
    const { client, holder, fromClient } = relay()
    holder.state.bufferedBytes = 9_000_000
    fromClient.message(new Uint8Array(10))
    expect([client.told, holder.told]).toEqual([[CLOSE.refused], []])
  })
})
