import type { Logger } from 'pino'
import { homeIn } from '../../../domain/accounts.ts'
import { LABEL } from '../../../domain/engine-names.ts'
import type { BuildNetwork, Engine } from '../engine.ts'
import { EngineFailure } from '../errors.ts'
import { ensureBaseImage } from './base-image.ts'
import { buildImage, OUR_BUILD_NETWORKS } from './build-image.ts'
import { BuildTrail } from './build-trail.ts'
import { type Layer, type LayerSources, layersOf, type Wanted } from './layers.ts'
import { proxySettings } from './proxy-settings.ts'
import { pullImage } from './pulled-image.ts'
import { SharedBuilds, type Waiter } from './shared-build.ts'

export interface TemplateImagesDeps {
  agentId: string
  layers: LayerSources
  /** What templates are built from. Default: Debian’s from its registry. */
  baseImage: string | undefined
  /** Where the proxies of this computer are read from. */
  environment: NodeJS.ProcessEnv
  /** Networks to try builds of Berth's own templates on, in this order. Default: `OUR_BUILD_NETWORKS`. */
  networks?: readonly BuildNetwork[]
  log: Logger
}

/** An image that the engine has, and where in it the home of a workspace is. */
export interface ReadyImage {
  reference: string
  home: string
}

interface Making {
  engine: Engine
  reference: string
  make: (shared: Waiter) => Promise<string>
}

/** Makes the images of templates, each when it is first asked for. */
export class TemplateImages {
  readonly #deps: TemplateImagesDeps
  readonly #builds = new SharedBuilds()
  /** Images known to be in the engine; forgotten when its events say otherwise. */
  #present = new Set<string>()
  #networks: readonly BuildNetwork[]
  /** What builds that failed have left, by the beginnings of their ids. */
  readonly #left = new Set<string>()

  constructor(deps: TemplateImagesDeps) {
    this.#deps = deps
    this.#networks = deps.networks ?? OUR_BUILD_NETWORKS
  }

  /** The engine has lost images, or may have, or is another: look again. */
  forget(): void {
    this.#present = new Set()
  }

  /** The image of a template, built or pulled now where the engine does not have it. Throws `AgentError`. */
  async ensure(engine: Engine, wanted: Wanted, waiter: Waiter): Promise<ReadyImage> {
    const reference = await this.#ensureReference(engine, wanted, waiter)
    const home =
      wanted.template.home ?? homeIn((await engine.images.readFile(reference, '/etc/passwd', this.#ours)) ?? '')
    return { reference, home }
  }

  /** As `ensure`; of an image by its name a newer one is looked for at its registry, and the one that is here does where none is had. */
  async renew(engine: Engine, wanted: Wanted, waiter: Waiter): Promise<ReadyImage> {
    const { source } = wanted.template
    if (source.kind === 'image' && (await engine.images.find(source.reference)) !== undefined) {
      await pullImage(engine, source.reference, waiter).catch((error: unknown) => {
        this.#deps.log.info({ err: error, image: source.reference }, 'no newer image was had')
      })
      waiter.signal.throwIfAborted()
    }
    return await this.ensure(engine, wanted, waiter)
  }

  /**
   * Removes images that this agent has built for templates, but for `kept`, and what builds that failed have left. Images
   * that a container or another image stands on are refused by the engine, and stay; what somebody else has built on one
   * of ours, or has named, is not ours.
   */
  async collect(engine: Engine, kept: ReadonlySet<string>): Promise<void> {
    const built = await engine.images.list({ [LABEL.builder]: this.#deps.agentId })
    const old = built.flatMap(({ references, labels }) => {
      const [reference = '', ...more] = references
      const isOurs = more.length === 0 && reference === labels[LABEL.image]
      return isOurs && !kept.has(reference) && !this.#builds.isUnderWay(reference) ? [reference] : []
    })
    const dangling = this.#left.size === 0 ? [] : await engine.images.listDangling()
    const left = dangling.filter((id) => [...this.#left].some((start) => id.startsWith(`sha256:${start}`)))
    for (const one of [...old, ...left]) {
      await engine.images.remove(one).catch((error: unknown) => {
        if (!(error instanceof EngineFailure) || error.status !== 409) throw error
      })
      this.#present.delete(one)
    }
    this.#left.clear()
  }

  /** The image that a workspace of this template would be made from now. Throws `AgentError` where its folder cannot be read. */
  async referenceOf(wanted: Wanted): Promise<string> {
    const { source } = wanted.template
    if (source.kind === 'image') return source.reference
    const layers = await layersOf(wanted, this.#deps.layers)
    return layers.at(-1)?.reference ?? ''
  }

  get #ours(): Record<string, string> {
    return { [LABEL.agent]: this.#deps.agentId }
  }

  async #ensureReference(engine: Engine, wanted: Wanted, waiter: Waiter): Promise<string> {
    const { source } = wanted.template
    if (source.kind === 'image') {
      const { reference } = source
      await this.#once({ engine, reference, make: (shared) => pullImage(engine, reference, shared) }, waiter)
      return reference
    }
    const layers = await layersOf(wanted, this.#deps.layers)
    for (const layer of layers) {
      const { reference } = layer
      await this.#once({ engine, reference, make: (shared) => this.#build(engine, layer, shared) }, waiter)
    }
    return layers.at(-1)?.reference ?? ''
  }

  /** Makes the image of this reference unless the engine has it; all who want it at the same time share the making. */
  async #once({ engine, reference, make }: Making, waiter: Waiter): Promise<void> {
    if (this.#present.has(reference)) return
    if ((await engine.images.find(reference)) === undefined) {
      await this.#builds.join(reference, waiter, make)
    }
    this.#present.add(reference)
  }

  async #build(engine: Engine, layer: Layer, waiter: Waiter): Promise<string> {
    const { name, reference, on, isOurs, context } = layer
    const from =
      on.kind === 'worker'
        ? await ensureBaseImage(this.#deps, engine, waiter)
        : on.kind === 'layer'
          ? on.reference
          : undefined
    const recipe = {
      name,
      tag: reference,
      context: context.pack,
      buildArgs: { ...proxySettings(this.#deps.environment), ...(from === undefined ? {} : { BASE_IMAGE: from }) },
      labels: { [LABEL.builder]: this.#deps.agentId, [LABEL.template]: name, [LABEL.image]: reference },
      networks: isOurs ? this.#networks : (['default'] as const),
    }
    const trail = new BuildTrail()
    const onLine = (line: string): void => {
      trail.read(line)
      waiter.onLine?.(line)
    }
    const network = await buildImage(engine, recipe, { ...waiter, onLine }).catch((error: unknown) => {
      if (trail.last !== undefined) this.#left.add(trail.last)
      throw error
    })
    if (isOurs) this.#noteNetwork(network)
    this.#deps.log.info({ image: reference, from, network }, 'built the image of a template')
    return reference
  }

  /** Where the last build had to go, the next one begins: containers do not reach the world there. */
  #noteNetwork(served: BuildNetwork): void {
    if (served === this.#networks[0]) return
    this.#deps.log.warn({ network: served }, 'containers reach no server: images are built on another network')
    this.#networks = [served]
  }
}
