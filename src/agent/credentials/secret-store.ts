/** Whether what is stored lasts, and if not, what a person reads about it. */
export interface SecretStoreStatus {
  /** `ready`: it lasts. `unsaved`: it is kept in memory, and gone when the agent ends. */
  state: 'ready' | 'unsaved'
  /** Why it is not saved, in words that hold no path. */
  message?: string
  hint?: string
}

/**
 * Where the secrets of one agent's folder rest: a file of its own on a headless worker, the keychain in the app. Names
 * are `env/<NAME>` and `workspace/<id>/<NAME>`; values are any text.
 */
export interface SecretStore {
  readonly kind: 'file' | 'keychain' | 'memory'
  status(): SecretStoreStatus
  /** All that is stored. Throws `StoreError` where it is not safe, or cannot be read. */
  load(): Promise<Record<string, string>>
  /** Sets what has a value and forgets what is null; all of it or, where that fails, nothing. One call at a time. */
  apply(patch: Readonly<Record<string, string | null>>): Promise<void>
  /** Calls `listener` when more is stored than was loaded: `load` has it now. */
  onReplaced?(listener: () => void): void
}
