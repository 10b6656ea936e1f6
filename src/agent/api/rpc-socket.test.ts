import { eventIterator, oc } from '@orpc/contract'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/websocket'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { settle } from '../../../test/support/manual-clock.ts'
import type { FrameHandlers } from '../../contract/terminal/frame-socket.ts'
import { type Identity, LOCAL } from '../auth/identity.ts'
import type { CallContext } from './guarded.ts'
import { createOpenCalls, type OpenCalls } from './open-calls.ts'
import { serveCalls } from './rpc-socket.ts'

const PAIRED: Identity = { kind: 'paired', id: 'c-1', name: 'phone', scope: 'read' }

function channel({
  identity = LOCAL,
  openCalls = createOpenCalls(),
}: {
  identity?: Identity
  openCalls?: OpenCalls
} = {}) {
  let made = 0
  let hasEnded = false
  const contract = { numbers: oc.output(eventIterator(z.number())), one: oc.output(z.number()) }
  const os = implement(contract).$context<CallContext>()
  const handler = new RPCHandler<CallContext>(
    os.router({
      numbers: os.numbers.handler(async function* () {
        try {
          for (;;) {
            made += 1
            yield made
          }
        } finally {
          hasEnded = true
        }
      }),
      one: os.one.handler(() => 1),
    }),
  )
  const sent: string[] = []
  const closes: number[] = []
  let handlers: FrameHandlers | undefined
  const reader = {
    isSlow: false,
    goOn: (): void => undefined,
    /** Whatever waits for it now, and all that follows. */
    takeAll: async () => {
      reader.isSlow = false
      for (let turn = 0; turn < 5; turn += 1) {
        reader.goOn()
        await settle()
      }
    },
  }
  const frames = {
    bufferedBytes: 0,
    send: (message: string | Uint8Array) => void sent.push(String(message)),
    listen: (given: FrameHandlers) => {
      handlers = given
    },
    pause: () => undefined,
    resume: () => undefined,
    close: (code: number) => {
      closes.push(code)
      handlers?.closed(code, '')
    },
    drained: () => (reader.isSlow ? new Promise<void>((resolve) => (reader.goOn = resolve)) : Promise.resolve()),
  }
  serveCalls(handler, {
    frames,
    context: { identity, face: { kind: 'socket' } },
    openCalls,
    log: pino({ level: 'silent' }),
  })
  const say = (message: unknown): void =>
    handlers?.message(typeof message === 'string' ? message : JSON.stringify(message))
  return { say, sent, closes, reader, frames, made: () => made, hasEnded: () => hasEnded }
}

describe('calls over a channel', () => {
  it('stream no faster than they are read, and end with the channel', async () => {
    const { say, reader, frames, made, hasEnded } = channel()
    reader.isSlow = true
    say({ i: '1', p: { u: '/numbers', b: {} } })
    for (let turn = 0; turn < 20; turn += 1) await settle()
    expect(made()).toBeLessThan(3)
    for (let turn = 0; turn < 5; turn += 1) {
      reader.goOn()
      await settle()
    }
    expect(made()).toBeLessThan(9)
    frames.close(1000)
    reader.goOn()
    await settle()
    expect(hasEnded()).toBe(true)
  })

  it('are answered', async () => {
    const { say, sent } = channel()
    say({ i: '7', p: { u: '/one' } })
    await settle()
    expect(JSON.parse(sent[0] ?? '')).toEqual({ i: '7', p: { b: { json: 1 } } })
  })

  it('are refused beyond a number, over all sockets of a client, until one ends', async () => {
    const openCalls = createOpenCalls(2)
    const [one, two] = [channel({ identity: PAIRED, openCalls }), channel({ identity: PAIRED, openCalls })]
    const local = channel({ openCalls })
    for (const { say, reader } of [one, two, local]) {
      reader.isSlow = true
      say({ i: '1', p: { u: '/numbers', b: {} } })
    }
    local.say({ i: '2', p: { u: '/one' } })
    const ask = async (): Promise<unknown> => {
      const asking = channel({ identity: PAIRED, openCalls })
      asking.say({ i: '3', p: { u: '/one' } })
      for (let turn = 0; turn < 3; turn += 1) await settle()
      return JSON.parse(asking.sent[0] ?? '').p
    }
    expect(await ask()).toMatchObject({ s: 429, b: { json: { code: 'TOO_MANY_REQUESTS' } } })
    two.say({ i: '1', t: 4 })
    await two.reader.takeAll()
    expect(await ask()).toEqual({ b: { json: 1 } })
    one.frames.close(1000)
    await one.reader.takeAll()
    expect(await ask()).toEqual({ b: { json: 1 } })
    expect(local.closes).toEqual([])
  })

  it.each([
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': ['multipart/form-data'] },
    { 'content-disposition': 'attachment; filename="%"' },
  ])('are answered when they announce a body that text cannot carry: %j', async (h) => {
    const { say, sent, closes } = channel()
    say({ i: '8', p: { u: '/one', h, b: 'x' } })
    await settle()
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({ i: '8', p: { s: 400, b: { json: { code: 'BAD_REQUEST' } } } })
    expect(closes).toEqual([])
  })

  it.each([
    '{"i":"1","t":3}',
    '',
    'x',
    '[]',
    '{}',
    '{"i":{}}',
    '{"i":"1"}',
    '{"i":"1","t":2,"p":{}}',
    '{"i":"1","p":{"u":"one"}}',
  ])('close the channel when they are %j', async (message) => {
    const { say, sent, closes } = channel()
    say(message)
    await settle()
    expect(closes).toEqual([1007])
    expect(sent).toEqual([])
  })
})
