export type LinkFailure = 'unreachable' | 'unauthorized' | 'incompatible' | 'closed'

/**
 * A link could not be made, broke while a call was under way, or is refused. `unreachable` may pass; `unauthorized` and
 * `incompatible` need a person; `closed` means that this side let go.
 */
export class LinkError extends Error {
  readonly reason: LinkFailure
  /** The same as `reason`, in the shape of the codes that a worker answers with. */
  readonly code: string

  constructor(reason: LinkFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LinkError'
    this.reason = reason
    this.code = reason.toUpperCase()
  }
}

/** Nobody refused: whoever is there took the connection, and did not answer in time. */
export class LateError extends LinkError {
  constructor() {
    super('unreachable', 'The worker did not answer in time.')
    this.name = 'LateError'
  }
}
