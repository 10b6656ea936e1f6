import type { UnreachedWorker } from '../../../contract/desktop/pairing.ts'

export type Hop = UnreachedWorker['hop']

/** Why a worker was not reached, in words that name no address. */
export class DialError extends Error {
  override readonly name = 'DialError'
  readonly hop: Hop
  readonly hint: string | undefined
  /** Nobody refused: there was no answer in time. */
  readonly isTimeout: boolean

  constructor(hop: Hop, message: string, more: { hint?: string; isTimeout?: boolean; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.hop = hop
    this.hint = more.hint
    this.isTimeout = more.isTimeout === true
  }
}

/** The error as a screen is told of it. */
export function unreached({ hop, message, hint }: DialError): UnreachedWorker {
  return { reached: false, hop, message, ...(hint === undefined ? {} : { hint }) }
}
