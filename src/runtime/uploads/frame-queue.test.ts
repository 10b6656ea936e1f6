import { expect, test } from 'vitest'
import type { FrameHandlers } from '../../contract/terminal/frame-socket.ts'
import { FrameQueue } from './frame-queue.ts'

function queue(): { frames: FrameQueue; receive(message: Uint8Array): void } {
  let handlers: FrameHandlers | undefined
  const nothing = (): void => undefined
  const listen = (given: FrameHandlers): void => {
    handlers = given
  }
  const frames = new FrameQueue({
    bufferedBytes: 0,
    send: nothing,
    close: nothing,
    pause: nothing,
    resume: nothing,
    listen,
  })
  return { frames, receive: (message) => handlers?.message(message) }
}

test('takes what a client that keeps to its window sends, in its order', async () => {
  const { frames, receive } = queue()
  for (let piece = 0; piece < 16; piece += 1) receive(new Uint8Array(65_536).fill(piece))
  for (let piece = 0; piece < 16; piece += 1) expect((await frames.next(1_000))[0]).toBe(piece)
})

test.each([
  ['more bytes', 33, 65_536],
  ['more messages, of nothing', 4_097, 0],
])('refuses %s than any such client sends', async (_what, count, size) => {
  const { frames, receive } = queue()
  for (let piece = 0; piece < count; piece += 1) receive(new Uint8Array(size))
  await expect(frames.next(1_000)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
})
