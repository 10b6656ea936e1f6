import type { Conceal } from '../log.ts'
import { type ConcealedSet, concealedSet } from './concealed-set.ts'
import type { SecretStore, SecretStoreStatus } from './secret-store.ts'

/** The secrets of an agent, read once, and kept out of its log. Changes follow each other, and are seen once stored. */
export class Secrets {
  readonly #store: SecretStore
  readonly #concealed: ConcealedSet
  #values: Map<string, string>
  #last: Promise<unknown> = Promise.resolve()

  private constructor(store: SecretStore, conceal: Conceal, values: Record<string, string>) {
    this.#store = store
    this.#concealed = concealedSet(conceal)
    this.#values = new Map(Object.entries(values))
    this.#concealed.are([...this.#values.values()])
  }

  /** `replaced` is called when the store has brought others than it had. Throws `StoreError` as the store does. */
  static async open(store: SecretStore, conceal: Conceal, replaced = (): void => undefined): Promise<Secrets> {
    const secrets = new Secrets(store, conceal, await store.load())
    store.onReplaced?.(() => {
      // After the changes that are on their way: what is loaded then has them all. A store that fails now keeps what was.
      secrets.#last = secrets.#last.then(() => secrets.#loadAnew()).then(replaced, () => undefined)
    })
    return secrets
  }

  async #loadAnew(): Promise<void> {
    this.#values = new Map(Object.entries(await this.#store.load()))
    this.#concealed.are([...this.#values.values()])
  }

  get kind(): SecretStore['kind'] {
    return this.#store.kind
  }

  status(): SecretStoreStatus {
    return this.#store.status()
  }

  /** Those whose names begin with `prefix`, by what follows it. */
  below(prefix: string): Record<string, string> {
    const found = [...this.#values].filter(([name]) => name.startsWith(prefix))
    return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
  }

  /** Sets what has a value and forgets what is null, of names below `prefix`. Rejects where it cannot be stored. */
  apply(prefix: string, patch: Readonly<Record<string, string | null>>): Promise<void> {
    const coming = Object.values(patch).flatMap((value) => (value === null ? [] : [value]))
    // From now on, and also where they cannot be stored: what fails may be logged with them.
    this.#concealed.are([...this.#values.values(), ...coming])
    const done = this.#last.then(() => this.#change(prefix, patch))
    this.#last = done.catch(() => undefined)
    return done
  }

  async #change(prefix: string, patch: Readonly<Record<string, string | null>>): Promise<void> {
    const named = Object.entries(patch).map(([name, value]) => [`${prefix}${name}`, value] as const)
    // What is not there needs no forgetting.
    const changes = named.filter(([name, value]) => value !== null || this.#values.has(name))
    if (changes.length === 0) return
    await this.#store.apply(Object.fromEntries(changes))
    for (const [name, value] of changes) {
      if (value === null) this.#values.delete(name)
      else this.#values.set(name, value)
    }
    this.#concealed.are([...this.#values.values()])
  }
}
