import WebSocket from 'ws'
import { RuntimeEvent } from '../../contract/runtime/api.ts'
import type { RuntimeEndpoint } from '../services.ts'

const SIGN_OF_LIFE_MS = 15_000
const CONNECT_MS = 10_000
/** Nothing that a runtime tells is longer. */
const LONGEST_EVENT_BYTES = 16_384
/** Events that are read of one workspace in a while; those beyond wait in its own memory, for nobody is to be kept busy by it. */
const MOST_EVENTS = 100
const WHILE_MS = 1_000

/** What a runtime tells of its workspace. */
export interface RuntimeListener {
  terminalsChanged(): void
  /** Somebody was at work `idleMs` ago. */
  active(idleMs: number): void
}

/**
 * Holds a channel to a runtime for as long as both live, and takes its events. Settles when the channel is gone: the
 * runtime has ended, or `signal` aborted. Never rejects.
 */
export function followRuntime(
  endpoint: RuntimeEndpoint,
  signal: AbortSignal,
  listener: RuntimeListener,
): Promise<void> {
  const socket = new WebSocket(`ws://${endpoint.host}:${endpoint.port}/api/v1/ws`, {
    headers: { authorization: `Bearer ${endpoint.token}` },
    handshakeTimeout: CONNECT_MS,
    maxPayload: LONGEST_EVENT_BYTES,
  })
  let isAnswering = true
  // A runtime whose computer sleeps or whose process hangs closes nothing: silence tells.
  const pulse = setInterval(() => {
    if (!isAnswering) {
      socket.terminate()
      return
    }
    isAnswering = false
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }, SIGN_OF_LIFE_MS)
  const leave = (): void => socket.terminate()
  signal.addEventListener('abort', leave)
  return new Promise<void>((resolve) => {
    let readInWhile = 0
    let rest: NodeJS.Timeout | undefined
    const goOn = (): void => {
      readInWhile = 0
      socket.resume()
    }
    socket.on('message', (data) => {
      isAnswering = true
      readInWhile += 1
      if (readInWhile === 1) rest = setTimeout(goOn, WHILE_MS)
      if (readInWhile === MOST_EVENTS) socket.pause()
      const event = readEvent(data)
      if (event?.type === 'terminals_changed') listener.terminalsChanged()
      if (event?.type === 'activity') listener.active(event.idleMs)
    })
    socket.on('pong', () => {
      isAnswering = true
    })
    // `close` follows and is what counts.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(pulse)
      clearTimeout(rest)
      signal.removeEventListener('abort', leave)
      resolve()
    })
    if (signal.aborted) leave()
  })
}

function readEvent(data: WebSocket.RawData): RuntimeEvent | undefined {
  if (!Buffer.isBuffer(data)) return undefined
  try {
    return RuntimeEvent.safeParse(JSON.parse(data.toString('utf8'))).data
  } catch {
    return undefined
  }
}
