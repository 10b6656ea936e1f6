import { EMBEDDED_WORKER_ID } from '../../contract/desktop/index.ts'
import type { AddOutcome, AddWorker, WorkerProbe, WorkerSuggestions } from '../../contract/desktop/pairing.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { parseWorkerAddress } from '../../domain/worker-address.ts'
import type { Tailnet } from '../../tailnet/tailnet.ts'
import { type VouchFor, vouchByTailnet } from '../../tailnet/vouch.ts'
import { Feed } from '../bridge/feed.ts'
import { DialError, unreached } from './reach/dial-error.ts'
import { probe } from './reach/probe.ts'
import { addWorker, notAnAddress } from './remote/add-worker.ts'
import type { WorkerRequest } from './remote/open-channel.ts'
import { pair } from './remote/pair.ts'
import type { RemoteWorker } from './remote/remote-worker.ts'
import { RemoteWorkers, type RemoteWorkersDeps } from './remote/remote-workers.ts'
import { suggestWorkers } from './suggest-workers.ts'
import { UnknownWorker, UnsupportedOperation, type WorkerDirectory } from './worker-directory.ts'

export interface RegistryDeps extends Omit<RemoteWorkersDeps, 'vouchFor'> {
  embedded: Feed<WorkerSummary>
  /** Which agent that of this computer is, where that is known. */
  embeddedAgentId: () => string | undefined
  /** Starts the agent of this computer at once, where it waits for that. */
  retryEmbedded: () => void
  tailnet: Pick<Tailnet, 'status'>
  /** Under which remote workers list this computer. */
  clientName: string
}

/** All workers of the app behind one face: the one of this computer and those on others. */
export class WorkerRegistry implements WorkerDirectory {
  readonly summaries: Feed<readonly WorkerSummary[]>
  readonly #deps: RegistryDeps
  readonly #remote: RemoteWorkers
  readonly #vouchFor: VouchFor
  /** One at a time: two that add the same worker would not see each other. */
  #adding: Promise<unknown> = Promise.resolve()

  constructor(deps: RegistryDeps) {
    this.#deps = deps
    this.#vouchFor = vouchByTailnet(deps.tailnet)
    this.#remote = new RemoteWorkers({ ...deps, vouchFor: this.#vouchFor })
    this.summaries = new Feed<readonly WorkerSummary[]>([deps.embedded.value])
    const merge = (): void => this.summaries.set([deps.embedded.value, ...this.#remote.summaries.value])
    deps.embedded.subscribe(merge)
    this.#remote.summaries.subscribe(merge)
  }

  /** Connects to the workers that are remembered. */
  open(): Promise<void> {
    return this.#remote.open()
  }

  /** Joins a screen's port to a remote worker; closes it, with the reason, where it leads nowhere now. Throws `UnknownWorker`. */
  join(request: WorkerRequest, port: () => FrameSocket): void {
    void this.#find(request.worker).join(request, port())
  }

  async *suggestions(signal: AbortSignal): AsyncGenerator<WorkerSuggestions, void, void> {
    const status = await this.#deps.tailnet.status()
    yield* suggestWorkers({ status, known: this.#remote.records, vouchFor: this.#vouchFor }, signal)
  }

  async test(host: string, signal: AbortSignal): Promise<WorkerProbe> {
    const address = parseWorkerAddress(host)
    if (address === undefined) return unreached(notAnAddress())
    try {
      return (await probe(address, signal, this.#vouchFor)).probe
    } catch (error) {
      if (error instanceof DialError) return unreached(error)
      throw error
    }
  }

  add(wanted: AddWorker): Promise<AddOutcome> {
    const { clientName, embeddedAgentId } = this.#deps
    const added = this.#adding.then(() =>
      addWorker(wanted, { workers: this.#remote, embeddedAgentId, clientName, vouchFor: this.#vouchFor }),
    )
    this.#adding = added.catch(() => undefined)
    return added
  }

  async pairAgain(id: string, code: string): Promise<AddOutcome> {
    const worker = this.#find(id)
    const { record } = worker
    const address = parseWorkerAddress(record.address)
    if (address === undefined) return { status: 'unreached', probe: unreached(notAnAddress()) }
    const { clientName } = this.#deps
    const options = { code, fingerprint: record.fingerprint, clientName, vouchFor: this.#vouchFor }
    const paired = await pair(address, options, this.#remote.ending)
    if (paired.status !== 'paired') return paired
    await this.#remote.renew(worker, paired.token)
    return { status: 'added', worker: worker.summary }
  }

  async rename(id: string, label: string): Promise<void> {
    await this.#remote.rename(this.#find(id), label)
  }

  async remove(id: string): Promise<void> {
    await this.#remote.remove(this.#find(id).record.id)
  }

  retry(id: string): void {
    if (id === EMBEDDED_WORKER_ID) this.#deps.retryEmbedded()
    else this.#find(id).retry()
  }

  /** The computer slept, or its network is another one. */
  reconsider(): void {
    this.#remote.reconsider()
  }

  dispose(): void {
    this.#remote.dispose()
  }

  #find(id: string): RemoteWorker {
    const worker = this.#remote.get(id)
    if (worker !== undefined) return worker
    throw id === EMBEDDED_WORKER_ID ? new UnsupportedOperation() : new UnknownWorker()
  }
}
