import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { createWorkerClient } from '../../src/client/create-worker-client.ts'
import { PortFrames } from '../../src/client/frames/port-frames.ts'
import { createPortLink } from '../../src/client/links/port-link.ts'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import type { VaultSecrets } from '../../src/contract/desktop/vault.ts'
import type { WorkerStatus, WorkerSummary } from '../../src/contract/desktop/worker.ts'
import { Feed } from '../../src/main/bridge/feed.ts'
import { KeychainUnavailable } from '../../src/main/vault/keychain.ts'
import { Vault } from '../../src/main/vault/vault.ts'
import { noFile } from '../../src/main/vault/waiting-file.ts'
import { WorkerRegistry } from '../../src/main/workers/registry.ts'
import { TokenStore } from '../../src/main/workers/remote/token-store.ts'
import { WorkerStore } from '../../src/main/workers/remote/worker-file.ts'
import type { Tailnet } from '../../src/tailnet/tailnet.ts'

const EMBEDDED: WorkerSummary = {
  ...{ id: 'local', label: 'This computer', kind: 'embedded', status: 'active', path: 'embedded' },
  ...{ capabilities: [], diagnostics: [] },
}

const NO_TAILNET: Pick<Tailnet, 'status'> = {
  status: () => Promise.resolve({ state: 'absent', message: 'There is none.' }),
}

/** A keychain that a test looks into, and takes away. */
export class KeychainDouble {
  isThere = true
  secrets: VaultSecrets = {}
  /** Until when it takes nothing; it answers meanwhile. */
  writing: Promise<void> = Promise.resolve()

  readonly stored = {
    read: (): Promise<VaultSecrets> => (this.isThere ? Promise.resolve(this.secrets) : this.#refusal()),
    write: async (secrets: VaultSecrets): Promise<void> => {
      if (!this.isThere) return this.#refusal()
      await this.writing
      this.secrets = secrets
    },
  }

  #refusal(): Promise<never> {
    return Promise.reject(new KeychainUnavailable('absent', 'There is no keychain.'))
  }
}

/** The workers of the app as its main process has them, on real ports, without Electron. */
export class RegistryFixture {
  readonly folder: string
  readonly keychain: KeychainDouble
  readonly logged: string[] = []
  /** Everything that went over a port to a screen, as text. */
  readonly crossed: string[] = []
  /** Which agent this computer's own is. */
  embeddedAgentId: string | undefined
  registry: WorkerRegistry
  #vault: Vault
  readonly #tailnet: Pick<Tailnet, 'status'>
  readonly #clients = new Map<string, WorkerClient>()
  readonly #statuses = new Map<string, WorkerStatus[]>()

  private constructor(folder: string, tailnet: Pick<Tailnet, 'status'>) {
    this.folder = folder
    this.#tailnet = tailnet
    this.keychain = new KeychainDouble()
    ;[this.registry, this.#vault] = this.#make()
  }

  static async start(tailnet = NO_TAILNET): Promise<RegistryFixture> {
    const fixture = new RegistryFixture(await mkdtemp(path.join(os.tmpdir(), 'berth-registry-')), tailnet)
    await fixture.registry.open()
    return fixture
  }

  /** As when the app is quit and started again. */
  async restart(): Promise<void> {
    this.#letGo()
    ;[this.registry, this.#vault] = this.#make()
    await this.registry.open()
  }

  /** Looks for the keychain again, as the screen asks for it. */
  async retryKeychain(): Promise<void> {
    await this.#vault.retry()
  }

  get file(): string {
    return path.join(this.folder, 'workers.json')
  }

  summary(id: string): WorkerSummary | undefined {
    return this.registry.summaries.value.find((summary) => summary.id === id)
  }

  /** Every status that the worker had, as the screens were told. */
  statuses(id: string): readonly WorkerStatus[] {
    return this.#statuses.get(id) ?? []
  }

  /** The worker as a screen has it: over ports that main joins. */
  client(worker: string): WorkerClient {
    const known = this.#clients.get(worker)
    if (known !== undefined) return known
    const open = (request: { kind: 'worker' } | { kind: 'terminal' | 'upload'; workspace: string }): MessagePort => {
      const { port1, port2 } = new MessageChannel()
      const post = port2.postMessage.bind(port2)
      port2.postMessage = (message: unknown) => {
        this.crossed.push(typeof message === 'string' ? message : JSON.stringify(message))
        post(message)
      }
      this.registry.join({ ...request, worker }, () => new PortFrames(port2))
      return port1
    }
    const client = createWorkerClient({
      link: createPortLink({
        openWorker: () => open({ kind: 'worker' }),
        openTerminal: (workspace) => open({ kind: 'terminal', workspace }),
        openUpload: (workspace) => open({ kind: 'upload', workspace }),
      }),
    })
    this.#clients.set(worker, client)
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#letGo()
    await rm(this.folder, { recursive: true, force: true })
  }

  #letGo(): void {
    for (const client of this.#clients.values()) client.dispose()
    this.#clients.clear()
    this.registry.dispose()
  }

  #make(): [WorkerRegistry, Vault] {
    const log = pino({ level: 'trace' }, { write: (line: string) => void this.logged.push(line) })
    const vault = new Vault({ keychain: this.keychain.stored, file: noFile, log })
    const registry = new WorkerRegistry({
      embedded: new Feed(EMBEDDED),
      embeddedAgentId: () => this.embeddedAgentId,
      retryEmbedded: () => undefined,
      store: new WorkerStore(this.file, log),
      tokens: new TokenStore(vault),
      tailnet: this.#tailnet,
      clientName: 'Berth on test',
      log,
      now: Date.now,
    })
    registry.summaries.subscribe((summaries) => {
      this.crossed.push(JSON.stringify(summaries))
      for (const { id, status } of summaries) {
        const known = this.statuses(id)
        if (known.at(-1) !== status) this.#statuses.set(id, [...known, status])
      }
    })
    return [registry, vault]
  }
}
