import { MAX_CLIENTS } from '../contract/terminal/limits.ts'
import type { ServerMessage } from '../contract/terminal/messages.ts'

export interface Size {
  readonly cols: number
  readonly rows: number
}

/** A client that watches a terminal, as the terminal sees it. */
export interface Viewer {
  /** Names the client, over all its connections. */
  readonly client: string
  /** Of its own screen. */
  readonly size: Size
  /** `bytes` were produced, the first of them at `offset`. Returns whether they are still needed afterwards. */
  produced(bytes: Buffer, offset: number): boolean
  /** Whether the program has to wait for this client. */
  readonly holdsBack: boolean
  /** All of this client's input before `offset` has reached the program's terminal. */
  inputTaken(offset: number): void
  /** The program has ended. */
  ended(): void
  tell(message: Extract<ServerMessage, { type: 'size' | 'clients' | 'answers' | 'title' }>): void
  /** The same client has come back by another connection. */
  replaced(): void
  /** The terminal is no longer kept. */
  removed(): void
  /** Another process holds the terminal from here on. */
  left(): void
}

/** Those who watch one terminal, each under its client's name, and what they need of it together. */
export class Audience {
  private readonly viewers = new Map<string, Viewer>()
  /** Kept while it is away: a client that comes back by another connection has its claim. */
  private claimant: string | undefined
  private lastUser: string | undefined
  private answerer: string | undefined

  get count(): number {
    return this.viewers.size
  }

  /** Whether one client decides the size. */
  get isClaimed(): boolean {
    return this.claimant !== undefined && this.viewers.has(this.claimant)
  }

  get holdsBack(): boolean {
    for (const viewer of this.viewers.values()) if (viewer.holdsBack) return true
    return false
  }

  /** The size that all can show, or that of the claimant where it is there. Nothing where nobody watches. */
  get size(): Size | undefined {
    const claimant = this.claimant === undefined ? undefined : this.viewers.get(this.claimant)
    const sizes = claimant ? [claimant.size] : [...this.viewers.values()].map(({ size }) => size)
    if (sizes.length === 0) return undefined
    return { cols: Math.min(...sizes.map(({ cols }) => cols)), rows: Math.min(...sizes.map(({ rows }) => rows)) }
  }

  /** Whether the screen of `client` is the one that answers what the program asks its terminal. */
  isAnsweredBy(client: string): boolean {
    return this.answerer === client
  }

  hasRoomFor(client: string): boolean {
    return this.viewers.size < MAX_CLIENTS || this.viewers.has(client)
  }

  /** Takes `viewer` in, with the claim that its client has. Returns the older connection of the same client, if any. */
  add(viewer: Viewer): Viewer | undefined {
    const older = this.viewers.get(viewer.client)
    this.viewers.set(viewer.client, viewer)
    this.settleAnswerer()
    return older
  }

  /** False where it was none of them any more. */
  remove(viewer: Viewer): boolean {
    if (this.viewers.get(viewer.client) !== viewer) return false
    this.viewers.delete(viewer.client)
    if (this.lastUser === viewer.client) this.lastUser = undefined
    this.settleAnswerer()
    return true
  }

  claim(viewer: Viewer): void {
    if (this.viewers.get(viewer.client) === viewer) this.claimant = viewer.client
  }

  /** `viewer` has typed, or done something else that shows a person at it. */
  used(viewer: Viewer): void {
    this.lastUser = viewer.client
    this.settleAnswerer()
  }

  of(client: string): Viewer | undefined {
    return this.viewers.get(client)
  }

  /** Tells all of them, but for `except`. */
  tell(message: Parameters<Viewer['tell']>[0], except?: Viewer): void {
    this.each((viewer) => {
      if (viewer !== except) viewer.tell(message)
    })
  }

  /** Calls `act` with each; it may remove some. */
  each(act: (viewer: Viewer) => void): void {
    for (const viewer of [...this.viewers.values()]) act(viewer)
  }

  /** Gives each what was produced. Returns whether one of them still needs the bytes afterwards. */
  produced(bytes: Buffer, offset: number): boolean {
    let isKept = false
    for (const viewer of this.viewers.values()) if (viewer.produced(bytes, offset)) isKept = true
    return isKept
  }

  /** Who used it last answers, else who came first: two who answered would both be typed into the program. */
  private settleAnswerer(): void {
    const before = this.answerer
    const last = this.lastUser === undefined ? undefined : this.viewers.get(this.lastUser)
    const now = last ?? this.viewers.values().next().value
    if (now?.client === before) return
    this.answerer = now?.client
    if (before !== undefined) this.viewers.get(before)?.tell({ type: 'answers', wanted: false })
    now?.tell({ type: 'answers', wanted: true })
  }
}
