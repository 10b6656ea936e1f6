import type { KeychainTrouble } from '../../../contract/desktop/vault.ts'
import type { Vault } from '../../vault/vault.ts'

/** The tokens of remote workers, by worker: in the keychain, or in memory until the app ends where there is none. */
export class TokenStore {
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /** Whether tokens are in memory alone. */
  get isFleeting(): boolean {
    return this.#vault.status.value.place === 'memory'
  }

  /** Why a token that comes now would be in memory alone. Asks the keychain. */
  async trouble(): Promise<KeychainTrouble | undefined> {
    await this.#vault.load()
    const status = this.#vault.status.value
    return status.place === 'memory' ? status.trouble : undefined
  }

  /** Calls `listener` when a keychain is there that was not: tokens that were missing may be there now. */
  onReturn(listener: () => void): void {
    this.#vault.onReturn(listener)
  }

  /** Whether a person would be asked for a password who may have said no to it. */
  get isLocked(): boolean {
    const status = this.#vault.status.value
    return status.place === 'memory' && status.trouble === 'locked'
  }

  /** The same keychain has answered somebody else: what it did not give before, it may give now. */
  lookAgain(): void {
    // Only a file is ever refused, and there is none for tokens.
    void this.#vault.retry()
  }

  async get(worker: string): Promise<string | undefined> {
    return (await this.#vault.load())[worker]
  }

  async set(worker: string, token: string): Promise<void> {
    await this.#vault.apply({ [worker]: token })
  }

  async forget(worker: string): Promise<void> {
    await this.#vault.apply({ [worker]: null })
  }
}
