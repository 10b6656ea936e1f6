import type { WebSocket } from 'ws'
import type { RuntimeEvent } from '../../contract/runtime/api.ts'

const PING_EVERY_MS = 15_000
/** A listener that has this much waiting is let go: it lists anew when it comes back. */
const MAX_WAITING_BYTES = 65_536
/** Changes within this time are told as one. */
const GATHER_MS = 20

/** `WS /api/v1/ws`: tells the agent what happens in the workspace. */
export class EventFeed {
  private readonly listeners = new Set<WebSocket>()
  private readonly pinging: NodeJS.Timeout
  private gathering: NodeJS.Timeout | undefined

  constructor() {
    this.pinging = setInterval(() => {
      this.publish({ type: 'ping' })
    }, PING_EVERY_MS)
    this.pinging.unref()
  }

  add(socket: WebSocket): void {
    this.listeners.add(socket)
    socket.on('error', () => {
      // `close` follows.
    })
    socket.on('close', () => {
      this.listeners.delete(socket)
    })
  }

  terminalsChanged(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined
      this.publish({ type: 'terminals_changed' })
    }, GATHER_MS)
  }

  activity(idleMs: number): void {
    this.publish({ type: 'activity', idleMs })
  }

  /** Those that listen now are to ask another runtime. */
  letGo(): void {
    for (const socket of this.listeners) socket.close(1001, 'handed over')
  }

  close(): void {
    clearInterval(this.pinging)
    clearTimeout(this.gathering)
    for (const socket of this.listeners) socket.close(1001, 'stopping')
  }

  private publish(event: RuntimeEvent): void {
    const text = JSON.stringify(event)
    for (const socket of this.listeners) {
      if (socket.bufferedAmount > MAX_WAITING_BYTES) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.send(text)
    }
  }
}
