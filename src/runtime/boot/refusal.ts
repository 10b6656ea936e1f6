/** Why the runtime does not start; told to the agent as `RuntimeRefusal`. */
export class BootRefusal extends Error {
  readonly hint: string | undefined

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'BootRefusal'
    this.hint = options.hint
  }
}
