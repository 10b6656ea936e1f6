import type { ClientContext, ClientLink } from '@orpc/client'
import type { AgentEvent } from '../contract/agent/events.ts'
import type { AgentApi } from '../contract/agent/index.ts'
import type { FrameSocket } from '../contract/terminal/frame-socket.ts'
import type { CreateTerminal } from '../contract/terminal/messages.ts'
import type { TerminalExit } from '../contract/terminal/terminal.ts'
import type { ConnectionState } from './connection/connection-state.ts'

export type { ConnectionState } from './connection/connection-state.ts'

/** One way to reach an agent: a WebSocket, a MessagePort. A link makes connections; it does not mend them. */
export interface WorkerLink {
  /** Whether a peer can vanish without a word (any network), so that it must be asked now and then. */
  readonly needsProbe: boolean
  /** Opens a channel for calls. Rejects with `LinkError` when it cannot be had. */
  connect(signal: AbortSignal): Promise<RpcConnection>
  /** Opens a channel for one terminal of `workspace`. */
  openTerminal(workspace: string, signal: AbortSignal): Promise<FrameSocket>
  /** Opens a channel for one file that is for `workspace`. */
  openUpload(workspace: string, signal: AbortSignal): Promise<FrameSocket>
}

/** What travels beside a call on this side: nothing. */
export type CallContext = ClientContext

export interface RpcConnection {
  /** Carries calls; `createORPCClient` makes them typed. */
  link: ClientLink<CallContext>
  /** Aborted, with a `LinkError` as reason, when the channel closed; calls under way reject then. */
  closed: AbortSignal
  close(): void
}

/**
 * A worker as screens and commands use it: calls, its events, its terminals, over a link that is mended by itself.
 * Calls made while the link is down wait for it up to `waitForLinkMs`, and are never repeated once they were sent; a call
 * that cannot be sent, or whose link breaks under way, rejects with `LinkError`.
 */
export interface WorkerClient {
  readonly api: AgentApi
  readonly connection: ConnectionState
  /**
   * How far the worker's clock is ahead of this computer's, in ms: what it says of times is to be compared with its own. As it told last;
   * 0 until then.
   */
  readonly clockAheadMs: number
  /** Called at each change of `connection`; returns the way to stop. */
  onConnection(listener: (state: ConnectionState) => void): () => void
  /**
   * Every event in order, none missed and none twice, over reconnections. A `reset` event means: list anew.
   * Runs until the returned function is called.
   */
  onEvent(listener: (event: AgentEvent) => void): () => void
  openTerminal(options: OpenTerminal): TerminalClient
  readonly files: WorkspaceFiles
  /** Tries at once instead of waiting for the next attempt (wake, network change, "Try now"). */
  retryNow(): void
  dispose(): void
}

export interface WorkspaceFiles {
  /**
   * Brings one file into a workspace; resolves with its path there, which may be another name than it came with: nothing is written
   * over. Of many, a few go at once and the others wait. Rejects with `UploadError`, `LinkError` where the link breaks, or the
   * signal's reason; nothing of the file is kept then. Only for workers whose capabilities name `upload.1`.
   */
  upload(file: UploadFile): Promise<{ path: string }>
}

/** A file to be read, as far as a `File` of the browser is one. */
export interface FileSource {
  readonly name: string
  readonly size: number
  stream(): { getReader(): ByteReader }
}

export interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

export interface UploadFile {
  workspace: string
  /** Its stream is read no faster than the workspace takes it. */
  source: FileSource
  /** The terminal that it is dropped on: it goes to the folder that this one is in. Else to the work folder. */
  terminal?: string
  /** So many bytes of it have been written. */
  onProgress?(takenBytes: number): void
  /** Aborting cancels. */
  signal?: AbortSignal
}

export interface OpenTerminal {
  workspace: string
  /** A UUID; with `create` the terminal is made under it where it does not exist. */
  terminal: string
  create?: CreateTerminal
  cols: number
  rows: number
  /**
   * Takes output in order; call `parsed` when these bytes have been taken in, so that more may come. Where `isAnswered`, it was
   * there before this screen, or another screen is used now: what programs ask the terminal in it must not be answered here, too.
   */
  onOutput(bytes: Uint8Array, parsed: () => void, isAnswered: boolean): void
  onState(state: TerminalState): void
  onTitle?(title: string): void
  /** Called when the terminal has taken more of what was written: `pendingInputBytes` is what is still held. */
  onInputTaken?(pendingInputBytes: number): void
  /** Bytes between what was last seen and what comes next: this client never gets them one by one. */
  onGap?(skippedBytes: number): void
  /**
   * All output before is void: clear the screen, in its place among the bytes of `onOutput`. What follows is the terminal
   * anew: a serialised screen and then output, or all output that is kept.
   */
  onReset?(): void
  /** Called when `health` changed, except by what is typed. */
  onHealth?(health: TerminalHealth): void
  /**
   * The link, down since then (ms since the epoch), is back, and input is left that the terminal has not got. It is sent when
   * this returns, unless `takeBack` was called: then it is the caller's again.
   */
  onUnsent?(downSince: number, takeBack: () => Uint8Array): void
}

/** What a person may want to know of a terminal's link and of who else is there. */
export interface TerminalHealth {
  /** Smoothed; `undefined` until measured on this connection. */
  roundTripMs: number | undefined
  /** Input that the terminal has not taken yet. */
  unacknowledgedBytes: number
  /** Clients attached to the terminal, this one among them. */
  clients: number
  /** The terminal's size, which all its clients have a part in. */
  cols: number
  rows: number
  /** One of the clients alone decides the size. */
  isClaimed: boolean
}

export type TerminalState =
  | { status: 'connecting' }
  | { status: 'live' }
  /**
   * The link is down since `since` (ms since the epoch; the last sign of life where it died without a word); `heldBytes` of
   * input wait to be sent. Where it has been down for long, `isOffline`, it is tried seldom.
   */
  | { status: 'reconnecting'; since: number; attempt: number; isOffline: boolean; heldBytes: number }
  | { status: 'exited'; exit: TerminalExit }
  /** It ended with its workspace, or with the service that held it; all output that is left of it has come. */
  | { status: 'stopped' }
  | { status: 'failed'; code: string; message: string; hint: string | undefined }

/** One client's view of one terminal, kept over reconnections: no byte of output lost or doubled, no key lost or typed twice. */
export interface TerminalClient {
  readonly id: string
  readonly state: TerminalState
  readonly health: TerminalHealth
  /** Input that the terminal has not taken yet. Writers of much wait until it is small again. */
  readonly pendingInputBytes: number
  /** Queues input; the bytes are copied. Ignored once the terminal has ended or failed. */
  write(bytes: Uint8Array): void
  resize(cols: number, rows: number): void
  /** Makes this client's size the terminal's whenever it is connected, until another client claims. */
  claim(): void
  /** Ends the terminal and its processes. */
  close(): void
  /** Tries at once instead of waiting for the next attempt; where there is a connection, finds out whether it lives. */
  retryNow(): void
  /** Leaves it running and lets go. */
  dispose(): void
}
