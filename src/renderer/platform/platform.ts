import type { WorkerClient } from '../../client/worker-client.ts'
import type { AppCommand } from '../../contract/desktop/command.ts'
import type {
  AddOutcome,
  AddWorker,
  AppRequest,
  WorkerProbe,
  WorkerSuggestions,
} from '../../contract/desktop/pairing.ts'
import type { VaultStatus } from '../../contract/desktop/vault.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import type { Store } from '../ui/store.ts'
import type { KeptListStore } from './kept-lists.ts'
import type { SettingsStore } from './settings.ts'

export type OperatingSystem = 'mac' | 'windows' | 'linux'

/** What differs between the shells. A screen hides what the shell cannot do; it never asks which shell it is. */
export interface PlatformCaps {
  /** The browser keeps Ctrl+N, T, W and others for itself: the leader key stands in for them. */
  reservedChords: boolean
  /** The worker goes on when the last window closes. */
  workerOutlivesWindow: boolean
}

/** The shell that the screens stand in: the desktop app, or a browser page that an agent served. */
export interface Platform {
  readonly shell: 'desktop' | 'web'
  readonly os: OperatingSystem
  readonly caps: PlatformCaps
  readonly settings: SettingsStore
  readonly workers: WorkerDirectory
  /** What keeps the list of workers, in the shell that can have several. */
  readonly registry: WorkerRegistry | undefined
  /** The last lists of remote workers, in the shell that outlives them. */
  readonly keptLists: KeptListStore | undefined
  /** Whether a screen reader is at work, as far as the shell can tell. */
  readonly screenReader: Pick<Store<boolean>, 'read' | 'subscribe'>
  /** Opens an http(s) address in the person's browser; anything else is ignored. */
  openExternal(url: string): void
  /** Commands from the application's own menu. Returns the way to stop. */
  onMenuCommand(listener: (command: AppCommand) => void): () => void
  /** Where the secrets of this computer's worker rest, in the shell that keeps them. */
  readonly vault: VaultView | undefined
  /** Opens the application's native menu at a point of the page, where the shell has one to open. */
  readonly showMenu: ((x: number, y: number) => void) | undefined
}

/** The keychain, or what stands in for it, as far as a screen is concerned: never a secret. */
export interface VaultView {
  /** The same object until something changed. */
  status(): VaultStatus
  subscribe(listener: () => void): () => void
  /** Looks whether the keychain is there now. */
  retry(): Promise<void>
  /** The person's own yes to a file, until the keychain is there. */
  allowFile(): Promise<void>
}

/** The workers that this shell knows, and a connection to each: all are connected at once. */
export interface WorkerDirectory {
  /** The same array until something changed. */
  list(): readonly WorkerEntry[]
  subscribe(listener: () => void): () => void
  /** Tries a worker at once instead of when the next attempt is due. */
  retry(worker: string): void
  /** Trades a pairing code for a token and connects anew. */
  pair(worker: string, code: string): Promise<PairOutcome>
}

export interface WorkerEntry {
  summary: WorkerSummary
  client: WorkerClient
}

/** Adding, renaming and removing workers, in the shell that keeps them. It never tells an address or a token. */
export interface WorkerRegistry {
  /** The computers of the tailnet, asked anew: at once, and again with each answer, until all are known or `signal` aborts. */
  suggestions(signal: AbortSignal): Promise<AsyncIterable<WorkerSuggestions>>
  /** What is at an address; keeps nothing. */
  test(host: string): Promise<WorkerProbe>
  add(input: AddWorker): Promise<AddOutcome>
  rename(worker: string, label: string): Promise<unknown>
  /** Forgets it; what is on it stays there. */
  remove(worker: string): Promise<unknown>
  /** Links that ask for a form to be filled in. Returns the way to stop. */
  onRequest(listener: (request: AppRequest) => void): () => void
}

export type PairOutcome =
  | { status: 'paired' }
  | { status: 'refused' | 'too_many' | 'unreachable' }
  /** For another reason, in a sentence. */
  | { status: 'failed'; message: string }
