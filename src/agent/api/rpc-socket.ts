import type { RPCHandler } from '@orpc/server/websocket'
import type { Logger } from 'pino'
import { z } from 'zod'
import { ERROR_STATUS, type ErrorCode } from '../../contract/errors.ts'
import { PeerMessage, PeerRequest } from '../../contract/peer-message.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import type { RelayedFrames } from '../terminals/relay.ts'
import type { CallContext } from './guarded.ts'
import type { OpenCalls } from './open-calls.ts'

const PeerEvent = z.looseObject({})

/** Answers that may wait for a reader beside the one that is leaving. A client that leaves more unread is let go. */
const MAX_WAITING_BYTES = 67_108_864
const STREAM_PART = 3
const ABORT = 4
const UNSUPPORTED_DATA = 1003
const INVALID_PAYLOAD = 1007

export interface ServedCalls {
  frames: RelayedFrames
  context: CallContext
  openCalls: OpenCalls
  log: Logger
}

/**
 * Answers calls on an open channel until it closes. A frame that is not a call closes it; an answer is awaited until it
 * has left for the reader, so that a stream goes no faster than it is read.
 */
export function serveCalls(handler: RPCHandler<CallContext>, { frames, context, openCalls, log }: ServedCalls): void {
  const peer = {
    addEventListener: () => undefined,
    send: inTurn(frames),
  }
  frames.listen({
    message: (message) => {
      const call = readCall(message)
      if (call.kind === 'none') {
        frames.close(call.code, call.reason)
        return
      }
      if (call.kind === 'unreadable') {
        void peer.send(refusal(call.id, 'BAD_REQUEST', 'The body of a call is JSON.'))
        return
      }
      const end = call.kind === 'part' ? () => undefined : openCalls.begin(context.identity)
      if (end === undefined) {
        void peer.send(refusal(call.id, 'TOO_MANY_REQUESTS', 'This client has too many calls open.'))
        return
      }
      // Settles when the answer has left, that of a stream with its last part.
      const answered = handler.message(peer, call.text, { context }).catch((error: unknown) => {
        log.warn({ err: error }, 'a call could not be read or answered')
      })
      void answered.finally(end)
    },
    closed: () => handler.close(peer),
  })
}

/** Sends one message after the other, each when the reader has taken the one before. Resolves when it has taken this. */
function inTurn(frames: RelayedFrames): (message: unknown) => Promise<void> {
  let turn = Promise.resolve()
  let waitingBytes = 0
  return (message) => {
    if (typeof message !== 'string' && !(message instanceof Uint8Array)) return turn
    waitingBytes += message.length
    if (waitingBytes > MAX_WAITING_BYTES) frames.close(CLOSE.stalled, 'The peer reads too slowly.')
    const taken = turn.then(async () => {
      waitingBytes -= message.length
      frames.send(message)
      await frames.drained?.()
    })
    // One that cannot be sent is told to who sent it, and does not stand in the way of the next.
    turn = taken.catch(() => undefined)
    return taken
  }
}

type ReadMessage =
  | { kind: 'call'; id: string | number; text: string }
  /** What belongs to a call that is under way: its end, or a part of what it is sent. */
  | { kind: 'part'; id: string | number; text: string }
  /** A request whose body is announced as what text cannot carry. */
  | { kind: 'unreadable'; id: string | number }
  /** Nothing that oRPC says: it closes the channel. */
  | { kind: 'none'; code: number; reason: string }

const NO_CALL = { kind: 'none', code: INVALID_PAYLOAD, reason: 'That is not a call.' } as const

function readCall(message: string | Uint8Array): ReadMessage {
  if (typeof message !== 'string') return { kind: 'none', code: UNSUPPORTED_DATA, reason: 'Calls are text.' }
  const parsed = PeerMessage.safeParse(parseJson(message))
  if (!parsed.success) return NO_CALL
  const { i: id, t: type, p: payload } = parsed.data
  if (type === STREAM_PART) return PeerEvent.safeParse(payload).success ? { kind: 'part', id, text: message } : NO_CALL
  if (type === ABORT) return { kind: 'part', id, text: message }
  const request = PeerRequest.safeParse(payload)
  if (!request.success) return NO_CALL
  return hasPlainBody(request.data.h ?? {}) ? { kind: 'call', id, text: message } : { kind: 'unreadable', id }
}

/** Files and forms of several parts follow their message as bytes, which no call of ours needs. */
function hasPlainBody(headers: Record<string, string | string[]>): boolean {
  const type = [headers['content-type'] ?? ''].flat().join(', ')
  return headers['content-disposition'] === undefined && !type.startsWith('multipart/')
}

/** An answer that says no, as oRPC's peers send answers. */
function refusal(id: string | number, code: ErrorCode, message: string): string {
  const status = ERROR_STATUS[code]
  const json = { defined: false, code, status, message }
  return JSON.stringify({ i: id, p: { s: status, b: { json } } })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
