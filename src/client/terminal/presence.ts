import type { ErrorCode } from '../../contract/errors.ts'
import type { Clock } from '../clock.ts'
import type { OpenTerminal, TerminalState } from '../worker-client.ts'
import { failed, isStopOf, isUnanswered, mayPass } from './refusals.ts'

/** How long `attached` may take: a worker may have to start the runtime before the first one. */
const FIRST_ATTACH_MS = 30_000
const ATTACH_MS = 10_000
/** For so long a terminal that is to be there is asked for again where its workspace does not answer. */
const FIRST_ANSWER_MS = 60_000

type Wanted = Pick<OpenTerminal, 'create'>

/** Whether a terminal was there once, and what follows: how it is asked for, for how long, and what a refusal means. */
export class Presence {
  readonly #wanted: Wanted
  readonly #clock: Clock
  readonly #askedAt: number
  #wasThere = false

  constructor(wanted: Wanted, clock: Clock) {
    this.#wanted = wanted
    this.#clock = clock
    this.#askedAt = clock.now()
  }

  get wasThere(): boolean {
    return this.#wasThere
  }

  /** How long an attempt to attach may take, in ms. */
  get attachMs(): number {
    return this.#wasThere ? ATTACH_MS : FIRST_ATTACH_MS
  }

  /** What `attach` has of the making of it: one that was there once is not made again, what is gone has ended. */
  get creation(): Wanted {
    const { create } = this.#wanted
    return create === undefined || this.#wasThere ? {} : { create }
  }

  attached(): void {
    this.#wasThere = true
  }

  /** Whether it is worth asking again after a refusal. */
  mayPass(code: ErrorCode): boolean {
    if (this.#wasThere) return mayPass(code)
    const isToBeThere = this.#wanted.create === undefined
    return isToBeThere && isUnanswered(code) && this.#clock.now() - this.#askedAt < FIRST_ANSWER_MS
  }

  /** What a refusal for good says of it. */
  endOf({ code, message, hint }: { code: string; message: string; hint?: string | undefined }): TerminalState {
    return this.#wasThere && isStopOf(code) ? { status: 'stopped' } : failed(code, message, hint)
  }
}
