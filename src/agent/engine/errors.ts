/** Why a call did not reach the engine, or no answer came. */
export type UnavailableReason = 'missing' | 'refused' | 'forbidden' | 'timeout' | 'broken'

/** The engine did not answer. Whether it did what was asked is not known when the reason is `timeout` or `broken`. */
export class EngineUnavailable extends Error {
  readonly reason: UnavailableReason

  constructor(reason: UnavailableReason, cause: unknown) {
    super(`The container engine did not answer (${reason}).`, { cause })
    this.name = 'EngineUnavailable'
    this.reason = reason
  }
}

/** The engine answered, and said no. */
export class EngineFailure extends Error {
  /** HTTP status of its answer; 0 where it failed in the middle of one. */
  readonly status: number

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'EngineFailure'
    this.status = status
  }
}

/** What was asked for does not exist (any more). */
export class EngineNotFound extends EngineFailure {
  constructor(message: string, cause?: unknown) {
    super(404, message, cause)
    this.name = 'EngineNotFound'
  }
}

/** A container is joined to a network that does not exist any more, so that it cannot be started. */
export class NetworkGone extends EngineFailure {
  constructor(message: string, cause?: unknown) {
    super(404, message, cause)
    this.name = 'NetworkGone'
  }
}

/** A container of that name exists. */
export class NameTaken extends EngineFailure {
  constructor(message: string, cause?: unknown) {
    super(409, message, cause)
    this.name = 'NameTaken'
  }
}

/** A port that was to be published is in use on this computer. */
export class PortTaken extends EngineFailure {
  readonly port: number

  constructor(port: number, message: string, cause?: unknown) {
    super(500, message, cause)
    this.name = 'PortTaken'
    this.port = port
  }
}

/** An image that a container or a build stands on is not there and could not be had. */
export class ImageMissing extends EngineFailure {
  constructor(message: string, cause?: unknown) {
    super(404, message, cause)
    this.name = 'ImageMissing'
  }
}

/** A step of a build failed. */
export class BuildFailed extends EngineFailure {
  /** The last lines that the build printed, in their order, without colours. */
  readonly output: readonly string[]

  constructor(message: string, output: readonly string[], cause?: unknown) {
    super(0, message, cause)
    this.name = 'BuildFailed'
    this.output = output
  }
}

/** The engine answered something that is not its API. */
export class EngineAnswerInvalid extends EngineFailure {
  constructor(what: string, cause: unknown) {
    super(0, `The engine's answer about ${what} could not be understood.`, cause)
    this.name = 'EngineAnswerInvalid'
  }
}
