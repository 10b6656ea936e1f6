import { expect, it } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.ts'
import { FrameInbox } from '../../../client/frames/frame-inbox.ts'
import type { FrameSocket } from '../../../contract/terminal/frame-socket.ts'
import { relay } from './relay.ts'

/** One side of the relay: what it is given to send, and what a test lets it say. */
function side() {
  const inbox = new FrameInbox()
  const sent: (string | Uint8Array)[] = []
  const ends: [number, string | undefined][] = []
  const held: string[] = []
  const socket: FrameSocket & { bufferedBytes: number } = {
    bufferedBytes: 0,
    send: (message) => void sent.push(message),
    listen: (handlers) => inbox.listen(handlers),
    pause: () => void held.push('paused'),
    resume: () => void held.push('resumed'),
    close: (code, reason) => {
      if (inbox.isClosed) return
      ends.push([code, reason])
      inbox.close(code, reason ?? '')
    },
  }
  return { socket, sent, ends, held, inbox }
}

function join(isCredited: boolean) {
  const [port, worker] = [side(), side()]
  const over: string[] = []
  const clock = new ManualClock()
  relay(port.socket, worker.socket, { isCredited, ended: () => over.push('ended'), clock })
  return { port, worker, over, clock }
}

const MEBIBYTE = new Uint8Array(1_048_576)

it('passes on all that comes, as it is, and the end with its code', () => {
  const { port, worker, over } = join(true)
  port.inbox.message('attach')
  port.inbox.message(Uint8Array.of(1, 2))
  worker.inbox.message('attached')
  worker.inbox.close(4001, 'Revoked.')
  expect(worker.sent).toEqual(['attach', Uint8Array.of(1, 2)])
  expect(port.sent).toEqual(['attached'])
  expect(port.ends).toEqual([[4001, 'Revoked.']])
  expect(over).toEqual(['ended'])
})

it('ends the worker when the screen goes', () => {
  const { port, worker, over } = join(true)
  port.inbox.close(1006, '')
  expect(worker.ends).toEqual([[1006, '']])
  expect(over).toEqual(['ended'])
})

it('lets a worker go that sends on and on to a screen which says nothing, and not one that is acknowledged', () => {
  const { port, worker } = join(true)
  for (let count = 0; count < 7; count += 1) worker.inbox.message(MEBIBYTE)
  port.inbox.message('ack')
  for (let count = 0; count < 7; count += 1) worker.inbox.message(MEBIBYTE)
  expect(port.ends).toEqual([])
  worker.inbox.message(MEBIBYTE)
  expect(port.ends.map(([code]) => code)).toEqual([1008])
})

it('lets a screen go that sends more than the worker takes', () => {
  const { port, worker } = join(false)
  worker.socket.bufferedBytes = 9 * 1_048_576
  port.inbox.message('call')
  expect(port.ends.map(([code]) => code)).toEqual([4008])
})

it('lets a worker go that sends a flood of messages with nothing in them', () => {
  const { port, worker } = join(true)
  for (let count = 0; count < 300_000; count += 1) worker.inbox.message('')
  expect(port.ends.map(([code]) => code)).toEqual([1008])
})

it('slows a worker whose answers are more than a screen can read, and passes them all on', async () => {
  const { port, worker, clock } = join(false)
  for (let count = 0; count < 15; count += 1) worker.inbox.message(MEBIBYTE)
  expect(worker.held).toEqual([])
  for (let count = 0; count < 3; count += 1) worker.inbox.message(MEBIBYTE)
  expect(worker.held).toEqual(['paused'])
  await clock.advance(1_000)
  expect(worker.held).toEqual(['paused', 'resumed'])
  for (let count = 0; count < 15; count += 1) worker.inbox.message(MEBIBYTE)
  expect(worker.held).toEqual(['paused', 'resumed'])
  worker.inbox.message(MEBIBYTE)
  expect(worker.held).toEqual(['paused', 'resumed', 'paused'])
  expect([port.sent.length, port.ends]).toEqual([34, []])
  worker.inbox.close(1006, '')
  await clock.advance(1_000)
  expect(worker.held).toEqual(['paused', 'resumed', 'paused'])
})
