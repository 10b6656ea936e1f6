import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import tar from 'tar-stream'
import { RUNTIME_MOUNT } from '../../contract/runtime/api.ts'
import { LABEL, ownImage, RUNTIME_VOLUME } from '../../domain/engine-names.ts'
import { AgentError } from '../agent-error.ts'
import type { Container, Engine } from '../engine/engine.ts'
import { NameTaken } from '../engine/errors.ts'
import { COMPLETE, packMarker, type RuntimeBundle, readRuntimeBundle } from './bundle.ts'

/** An image of nothing: its containers are never started, they only carry the volume. */
const CARRIER_IMAGE = ownImage('carrier', '1')
/** Who holds the container of this name may write the volume. */
const CARRIER = 'berth-runtime-carrier'
const CARRIER_LABELS = { [LABEL.shared]: 'runtime-carrier' }
const PAUSE_MS = 150
/** Longer than any delivery takes: a carrier that is older was left behind by an agent that was killed. */
const CARRIER_STALE_MS = 60_000

export interface DeliveryDeps {
  runtimeDir: string
  agentId: string
  log: Logger
}

/** Brings the runtime into the engine's shared volume, once per version; several agents at once do no harm. */
export class RuntimeDelivery {
  readonly #deps: DeliveryDeps
  #delivered: Promise<RuntimeBundle> | undefined
  /** One delivery follows the other, so that a carrier of this agent that is none of the one under way is of none. */
  #last: Promise<unknown> = Promise.resolve()
  /** How many have begun, and how many of them have not ended. */
  #begun = 0
  #underWay = 0

  constructor(deps: DeliveryDeps) {
    this.#deps = deps
  }

  /** The volume is gone, or may be: look again. */
  forget(): void {
    this.#delivered = undefined
  }

  /** The runtime of this installation, whether or not it is in the volume. Throws `AgentError` when there is none. */
  bundle(engine: Engine): Promise<RuntimeBundle> {
    return readRuntimeBundle(this.#deps.runtimeDir, engine.facts)
  }

  /** The runtime, known to be whole in the volume. Throws `AgentError` (`CONFLICT` when the volume is another's). */
  ensure(engine: Engine): Promise<RuntimeBundle> {
    if (this.#delivered !== undefined) return this.#delivered
    const delivered = this.#inTurn(() => this.#deliver(engine)).catch((error: unknown) => {
      if (this.#delivered === delivered) this.#delivered = undefined
      throw error
    })
    this.#delivered = delivered
    return delivered
  }

  /** Settles when nothing of it is under way any more. */
  async settle(): Promise<void> {
    await this.#last
  }

  /** Removes what a killed run of this very agent left. What a delivery of this run is filling stays. */
  async sweep(engine: Engine): Promise<void> {
    // A delivery removes it itself where it is in its way.
    if (this.#underWay > 0) return
    const begun = this.#begun
    const left = await engine.containers.list({ ...CARRIER_LABELS, [LABEL.agent]: this.#deps.agentId })
    if (this.#begun !== begun) return
    await Promise.all(left.map(({ id }) => engine.containers.remove(id)))
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#begun += 1
    this.#underWay += 1
    const done = this.#last.then(work).finally(() => {
      this.#underWay -= 1
    })
    this.#last = done.catch(() => undefined)
    return done
  }

  async #deliver(engine: Engine): Promise<RuntimeBundle> {
    const bundle = await this.bundle(engine)
    const volume = await engine.volumes.create(RUNTIME_VOLUME, { [LABEL.shared]: 'runtime' })
    if (volume.labels[LABEL.shared] !== 'runtime') {
      throw new AgentError('CONFLICT', `The engine has a volume ${RUNTIME_VOLUME} that is not Berth’s.`, {
        hint: 'Remove or rename it: Berth needs the name.',
      })
    }
    if ((await engine.images.find(CARRIER_IMAGE)) === undefined) {
      await engine.images.importRoot(emptyRoot(), { reference: CARRIER_IMAGE, changes: ['LABEL berth.shared=runtime'] })
    }
    const carrier = await this.#takeCarrier(engine)
    try {
      await this.#fill(engine, carrier, bundle)
    } finally {
      await engine.containers.remove(carrier)
    }
    return bundle
  }

  async #fill(engine: Engine, carrier: string, bundle: RuntimeBundle): Promise<void> {
    if (await engine.containers.hasPath(carrier, `${RUNTIME_MOUNT}/${bundle.folder}/${COMPLETE}`)) return
    const startedAt = performance.now()
    await engine.containers.putArchive(carrier, RUNTIME_MOUNT, bundle.pack())
    await engine.containers.putArchive(carrier, RUNTIME_MOUNT, packMarker(bundle))
    const durationMs = Math.round(performance.now() - startedAt)
    this.#deps.log.info({ runtime: bundle.folder, durationMs }, 'brought the runtime into its volume')
  }

  /** A folder has one agent, and that one delivery at a time: one of ours is of a run that was killed. */
  #isLeftBehind({ labels, createdAt }: Pick<Container, 'labels' | 'createdAt'>): boolean {
    return labels[LABEL.agent] === this.#deps.agentId || Date.now() - Date.parse(createdAt) > CARRIER_STALE_MS
  }

  /** Makes the one container of its name; waits for another agent that has it. */
  async #takeCarrier(engine: Engine): Promise<string> {
    for (;;) {
      try {
        return await engine.containers.createCarrier({
          name: CARRIER,
          image: CARRIER_IMAGE,
          labels: { ...CARRIER_LABELS, [LABEL.agent]: this.#deps.agentId },
          volume: RUNTIME_VOLUME,
          target: RUNTIME_MOUNT,
        })
      } catch (error) {
        if (!(error instanceof NameTaken)) throw error
      }
      const holder = await engine.containers.inspect(CARRIER)
      if (holder !== undefined && holder.labels[LABEL.shared] !== CARRIER_LABELS[LABEL.shared]) {
        throw new AgentError('CONFLICT', `The engine has a container ${CARRIER} that is not Berth’s.`, {
          hint: 'Remove or rename it: Berth needs the name.',
        })
      }
      if (holder !== undefined && this.#isLeftBehind(holder)) await engine.containers.remove(holder.id)
      else await delay(PAUSE_MS)
    }
  }
}

function emptyRoot(): Readable {
  const pack = tar.pack()
  pack.entry({ name: 'opt/', type: 'directory', mode: 0o755 })
  pack.finalize()
  return Readable.from(pack, { objectMode: false })
}
