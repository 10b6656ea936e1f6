import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RuntimeActivity } from '../../contract/runtime/api.ts'
import type { TerminalRecord } from '../../contract/terminal/terminal.ts'
import type { Elsewhere } from '../../terminals/elsewhere.ts'
import { isHolderAlive } from '../terminals/holder.ts'
import { type OlderEvents, OlderRuntime } from './older-runtime.ts'
import { findSockets, socketsOfOthers, socketToken } from './socket.ts'

/** One that lost its channel is tried again, or found to have ended, after so long. */
const LOOK_AGAIN_MS = 50

export interface OlderRuntimesOptions extends OlderEvents {
  stateFolder: string
  token: string
  /** One of them has ended: the files of the terminals that it had, of these ids, are nobody's now. */
  gone(terminals: Iterable<string>): void
}

/** The runtimes that handed over and still have terminals: theirs are listed, reached and ended here like any. */
export class OlderRuntimes implements Elsewhere {
  /** Settles once each has answered, or has not; then what is known of them holds. */
  readonly found: Promise<unknown>
  private readonly options: OlderRuntimesOptions
  private readonly byName = new Map<string, OlderRuntime>()
  private readonly leaving = new AbortController()
  private readonly watches: Promise<void>[] = []
  private isStopping = false

  /** Looks for those that are there, and follows each to its end. */
  constructor(options: OlderRuntimesOptions) {
    this.options = options
    const { stateFolder } = options
    for (const name of findSockets(stateFolder)) if (!isHolderAlive(name)) this.removeSocket(name)
    this.found = Promise.all(socketsOfOthers(stateFolder).map((name) => this.begin(name)))
  }

  /** How many terminals they have. */
  get count(): number {
    return [...this.byName.values()].reduce((sum, { latest }) => sum + latest.length, 0)
  }

  /** Of one that does not answer, what it had when it did. */
  async list(): Promise<TerminalRecord[]> {
    const asked = [...this.byName.values()].map((older) => older.list().catch(() => older.latest))
    return (await Promise.all(asked)).flat()
  }

  /** Of those that answer. */
  async activities(): Promise<RuntimeActivity[]> {
    const asked = await Promise.allSettled([...this.byName.values()].map((older) => older.activity()))
    return asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  }

  /** Ends a terminal, or renames it. False where none of them has it. */
  async change(method: 'DELETE' | 'PATCH', terminal: string, body?: unknown): Promise<boolean> {
    return (await this.holderOf(terminal)?.change(method, terminal, body)) ?? false
  }

  channelTo(terminal: string): ReturnType<Elsewhere['channelTo']> {
    if (this.leaving.signal.aborted) return 'not known'
    const isUnknown = [...this.byName.values()].some((older) => older.has(terminal) === undefined)
    return this.holderOf(terminal)?.channel() ?? (isUnknown ? 'not known' : undefined)
  }

  /** Another runtime is to reach them: whoever did so by this one asks anew. */
  letGo(): void {
    this.leaving.abort()
    for (const older of this.byName.values()) older.letGo()
    this.byName.clear()
  }

  /** Resolves when all of them have ended. What they held is left as it is, for the next start. */
  async ended(): Promise<void> {
    this.isStopping = true
    await Promise.all(this.watches)
  }

  private holderOf(terminal: string): OlderRuntime | undefined {
    return [...this.byName.values()].find((older) => older.has(terminal))
  }

  /** Resolves when it has answered, or has not. */
  private begin(name: string): Promise<void> {
    const { stateFolder, token } = this.options
    const older = new OlderRuntime(join(stateFolder, name), socketToken(token, name))
    this.byName.set(name, older)
    return new Promise((resolve) => {
      this.watches.push(this.watch(name, { older, asked: resolve }))
    })
  }

  /** The end of its process is what counts: until then its terminals are its own, whether or not it answers. */
  private async watch(name: string, { older, asked }: { older: OlderRuntime; asked(): void }): Promise<void> {
    const { signal } = this.leaving
    do {
      await older.follow(this.options, { signal, reached: asked })
      asked()
      await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
    } while (isHolderAlive(name))
    this.byName.delete(name)
    this.removeSocket(name)
    if (!this.isStopping) this.options.gone(older.ids ?? [])
  }

  private removeSocket(name: string): void {
    rmSync(join(this.options.stateFolder, name), { force: true })
  }
}
