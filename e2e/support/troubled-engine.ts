import { EngineProxy } from '../../test/support/engine-proxy.ts'

/** How it takes being asked for a container: its disk is full, or it does not answer before `recover`. */
export type Trouble = 'full disk' | 'slow'

/** The real engine, except that it makes no container, or none until it is told to. */
export class TroubledEngine {
  readonly #proxy: EngineProxy
  #recovered: Promise<void> = Promise.resolve()
  #recover: () => void = () => undefined

  private constructor(proxy: EngineProxy, trouble: Trouble) {
    this.#proxy = proxy
    this.hold()
    const asksForContainer = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'POST' && path.includes('/containers/create')
    if (trouble === 'full disk') {
      proxy.refusal = (call) => (asksForContainer(call) ? 'no space left on device' : undefined)
    } else {
      proxy.watcher = (call) => (call.moment === 'before' && asksForContainer(call) ? this.#recovered : undefined)
    }
  }

  static async start(trouble: Trouble): Promise<TroubledEngine> {
    return new TroubledEngine(await EngineProxy.start(), trouble)
  }

  get socketPath(): string {
    return this.#proxy.socketPath
  }

  /** From now on, again, it makes no container before `recover`; where its trouble is another, this changes nothing. */
  hold(): void {
    this.#recovered = new Promise((resolve) => {
      this.#recover = resolve
    })
  }

  /** From now on it is the real engine; the containers that were asked for are made. */
  recover(): void {
    this.#proxy.refusal = undefined
    this.#recover()
  }

  close(): Promise<void> {
    return this.#proxy[Symbol.asyncDispose]()
  }
}
