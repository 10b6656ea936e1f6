import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Terminals } from '../../terminals/terminals.ts'
import type { EventFeed } from '../api/event-feed.ts'
import type { Route } from '../api/server.ts'
import type { Log } from '../log.ts'
import type { OlderRuntimes } from './older-runtimes.ts'
import { ownSocketName, socketToken } from './socket.ts'

/** Whoever is connected has so long to hear of the end. */
const GOODBYE_MS = 1_000

export interface HandOverOptions {
  /** What listens on the port. */
  server: Server
  token: string
  stateFolder: string
  terminals: Terminals
  /** They are the next one's to reach. */
  older: OlderRuntimes
  events: EventFeed
  log: Log
  /** Serves the API on another server, for another token. */
  serveAt(server: Server, token: string): void
}

/** Lets another runtime take the place of this one, which goes on with the terminals that run in it, and then ends. */
export class HandOver {
  private readonly options: HandOverOptions
  private socket: Promise<Server> | undefined
  private isBegun = false
  /** The port is free, and whoever was connected by it has gone. */
  private isDeserted = false
  private isEnding = false

  constructor(options: HandOverOptions) {
    this.options = options
  }

  readonly route: Route = async ({ response }) => {
    this.socket ??= this.openSocket().catch((error: unknown) => {
      this.socket = undefined
      throw error
    })
    await this.socket
    this.begin()
    response.writeHead(204)
    response.end()
  }

  /** The terminals are others than before. */
  endWhereIdle(): void {
    const { terminals, log } = this.options
    if (!this.isDeserted || this.isEnding || !terminals.isIdle) return
    this.isEnding = true
    log('info', 'the last has ended that was not handed over')
    terminals.leave()
    void this.closeDoors(Promise.resolve()).then(() => process.exit(0))
  }

  /** Nobody comes in any more. Resolves when `work` is done and whoever was in has gone, or has been given the time for it. */
  async closeDoors(work: Promise<unknown>): Promise<void> {
    this.isEnding = true
    const { server, events } = this.options
    const closed = [closing(server)]
    events.close()
    const socket = await this.socket?.catch(() => undefined)
    if (socket !== undefined) closed.push(closing(socket))
    await work
    await Promise.race([Promise.all(closed), delay(GOODBYE_MS)])
  }

  /** In one turn: from here on there is one runtime that makes terminals, and it is another. */
  private begin(): void {
    if (this.isBegun || this.isEnding) return
    this.isBegun = true
    const { server, terminals, older, events, log } = this.options
    log('info', 'handing over', { terminals: terminals.count })
    terminals.leaveEarlier()
    older.letGo()
    events.letGo()
    // Those that are connected stay: what they do is not to be cut off.
    server.close(() => {
      this.isDeserted = true
      this.endWhereIdle()
    })
  }

  private openSocket(): Promise<Server> {
    const { stateFolder, token, serveAt } = this.options
    const name = ownSocketName()
    const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 })
    serveAt(server, socketToken(token, name))
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      // The folder around it is closed to all but the workspace's user.
      server.listen(join(stateFolder, name), () => resolve(server))
    })
  }
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
