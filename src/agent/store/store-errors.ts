/** Something of the agent's folder is not as it must be; `message` says what, `hint` how to mend it. */
export class StoreError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreError'
    this.hint = hint
  }
}

/** The folder itself cannot be used: others may read it, it is not ours, or its path is too long. */
export class FolderUnsafe extends StoreError {
  override readonly name = 'FolderUnsafe'
}

/** Another agent runs on this folder. */
export class FolderInUse extends StoreError {
  override readonly name = 'FolderInUse'
}

/** `config.json` holds something that cannot be used. */
export class ConfigInvalid extends StoreError {
  override readonly name = 'ConfigInvalid'
}

/** `state.json` and its copy cannot be used. */
export class StateUnreadable extends StoreError {
  override readonly name = 'StateUnreadable'
}
