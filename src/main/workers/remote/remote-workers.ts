import type { Logger } from 'pino'
import type { KeychainTrouble } from '../../../contract/desktop/vault.ts'
import type { WorkerSummary } from '../../../contract/desktop/worker.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { Feed } from '../../bridge/feed.ts'
import { RemoteWorker } from './remote-worker.ts'
import type { TokenStore } from './token-store.ts'
import type { WorkerStore } from './worker-file.ts'
import type { WorkerRecord } from './worker-record.ts'

export interface RemoteWorkersDeps {
  store: WorkerStore
  tokens: TokenStore
  vouchFor: VouchFor
  log: Logger
  now: () => number
}

/** All remote workers, as they are remembered and as they stand. None of them waits for another. */
export class RemoteWorkers {
  readonly summaries = new Feed<readonly WorkerSummary[]>([])
  readonly #deps: RemoteWorkersDeps
  readonly #workers = new Map<string, RemoteWorker>()
  /** Being written down: not connected to yet, and in every list that is written meanwhile. */
  readonly #entering = new Map<string, WorkerRecord>()
  readonly #ending = new AbortController()

  constructor(deps: RemoteWorkersDeps) {
    this.#deps = deps
    deps.tokens.onReturn(() => {
      this.#tell()
      for (const worker of this.#workers.values()) worker.tokensReturned()
    })
  }

  /** Connects to all that are remembered. */
  async open(): Promise<void> {
    for (const record of await this.#deps.store.read()) this.#start(record)
    this.#tell()
  }

  get(id: string): RemoteWorker | undefined {
    return this.#workers.get(id)
  }

  get records(): readonly WorkerRecord[] {
    return [...[...this.#workers.values()].map(({ record }) => record), ...this.#entering.values()]
  }

  /** Aborts when the app ends: what would make a worker known, or pair with one, is too late then. */
  get ending(): AbortSignal {
    return this.#ending.signal
  }

  /** Why the token of a new worker would be gone when the app ends; `undefined` where the keychain takes it. */
  tokenTrouble(): Promise<KeychainTrouble | undefined> {
    return this.#deps.tokens.trouble()
  }

  /** Remembers a new worker, with its token where it needs one, and connects. Rejects where it cannot be remembered any more. */
  async insert(record: WorkerRecord, token: string | undefined): Promise<void> {
    const { store, tokens } = this.#deps
    this.ending.throwIfAborted()
    this.#entering.set(record.id, record)
    try {
      await store.write(this.records)
      if (token !== undefined) await tokens.set(record.id, token)
      this.#start(record)
    } finally {
      this.#entering.delete(record.id)
    }
    this.#tell()
  }

  /** Ends all that stands on the worker, and forgets it and its token. */
  async remove(id: string): Promise<void> {
    this.#workers.get(id)?.dispose()
    this.#workers.delete(id)
    this.#tell()
    await this.#deps.store.write(this.records)
    await this.#deps.tokens.forget(id)
  }

  /** Puts a new token in the place of the old one, and connects with it. */
  async renew(worker: RemoteWorker, token: string): Promise<void> {
    await this.#deps.tokens.set(worker.record.id, token)
    worker.pairedAnew()
    // It is paired, whether or not the list can be written just now.
    this.#save()
    await worker.connect()
  }

  async rename(worker: RemoteWorker, label: string): Promise<void> {
    worker.rename(label)
    await this.#deps.store.write(this.records)
  }

  /** What is known of a worker when its first attempt has come to something, or when `signal` aborts, or the app ends. */
  async settled(id: string, signal: AbortSignal): Promise<WorkerSummary | undefined> {
    const find = (): WorkerSummary | undefined => this.summaries.value.find((summary) => summary.id === id)
    for await (const _change of this.summaries.watch(AbortSignal.any([signal, this.ending]))) {
      if (find()?.status !== 'connecting') break
    }
    return find()
  }

  /** The computer slept, or its network is another one: all that can be tried is tried now. */
  reconsider(): void {
    for (const worker of this.#workers.values()) worker.reconsider()
  }

  /** Ends all connections. The list stays as it is: what is still being written is the whole of it. */
  dispose(): void {
    this.#ending.abort()
    for (const worker of this.#workers.values()) worker.dispose()
  }

  #start(record: WorkerRecord): void {
    const { tokens, vouchFor, now } = this.#deps
    const worker = new RemoteWorker(record, {
      ...{ tokens, vouchFor, now },
      changed: () => this.#tell(),
      remembered: () => this.#save(),
    })
    this.#workers.set(record.id, worker)
    if (this.ending.aborted) worker.dispose()
    else void worker.connect()
  }

  #save(): void {
    this.#deps.store.write(this.records).catch((error: unknown) => {
      // A full or read-only disk: what was learnt of a worker is learnt again at the next start.
      this.#deps.log.error({ err: error }, 'the list of workers was not saved')
    })
  }

  #tell(): void {
    this.summaries.set([...this.#workers.values()].map(({ summary }) => summary))
  }
}
