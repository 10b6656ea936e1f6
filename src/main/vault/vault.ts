import type { Logger } from 'pino'
import type { KeychainTrouble, VaultPatch, VaultSecrets, VaultStatus } from '../../contract/desktop/vault.ts'
import { Feed } from '../bridge/feed.ts'
import { KeychainUnavailable } from './keychain.ts'
import type { StoredSecrets } from './keychain-secrets.ts'
import type { WaitingStore } from './waiting-file.ts'

export interface VaultDeps {
  keychain: StoredSecrets
  file: WaitingStore
  log: Logger
  /** A keychain that does not answer for this long asks its owner something: nobody waits for that. */
  limitMs?: number
}

const KEYCHAIN_LIMIT_MS = 5_000

type Reached = { kind: 'reached'; secrets: VaultSecrets } | { kind: 'unreached'; trouble: KeychainTrouble }

/**
 * The secrets of this computer's worker: in the keychain and nowhere else, while that answers. Otherwise changes wait, in
 * memory or, once their owner has said yes, in a file; they go into the keychain as soon as it answers again, over what it
 * holds. Nothing waits twice, and no value is written to a log.
 */
export class Vault {
  readonly status = new Feed<VaultStatus>({ place: 'unused' })
  readonly #deps: VaultDeps
  readonly #returned = new Set<() => void>()
  #waiting = new Map<string, string | null>()
  /** Whether changes that wait do so in the file. Undefined until that has been looked for. */
  #isFileAllowed: boolean | undefined
  /** A use of the keychain that has not ended: it may be asking its owner, and a second one would ask again. */
  #attempt: Promise<VaultSecrets> | undefined
  #moved = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: VaultDeps) {
    this.#deps = deps
  }

  /** Calls `listener` when the keychain answers after it did not: what was loaded before may not have been all. */
  onReturn(listener: () => void): void {
    this.#returned.add(listener)
  }

  /** All secrets that can be had now. */
  load(): Promise<VaultSecrets> {
    return this.#inTurn(async () => {
      await this.#findFile()
      return this.#use()
    })
  }

  /** Sets what has a value and forgets what is null. Rejects where not even the file takes it; then nothing has changed. */
  apply(patch: VaultPatch): Promise<VaultSecrets> {
    return this.#inTurn(async () => {
      await this.#findFile()
      const before = new Map(this.#waiting)
      for (const [name, value] of Object.entries(patch)) this.#waiting.set(name, value)
      try {
        if (this.#isFileAllowed === true) await this.#deps.file.write(Object.fromEntries(this.#waiting))
      } catch (error) {
        this.#waiting = before
        throw error
      }
      return this.#use()
    })
  }

  /** Its owner says yes to the file: what waits is written there, and so is what comes until the keychain is there. */
  allowFile(): Promise<VaultStatus> {
    return this.#inTurn(async () => {
      const { place } = this.status.value
      if (place !== 'memory') return this.status.value
      await this.#deps.file.write(Object.fromEntries(this.#waiting))
      this.#isFileAllowed = true
      await this.#use()
      return this.status.value
    })
  }

  /** Looks whether the keychain is there now. */
  retry(): Promise<VaultStatus> {
    return this.#inTurn(async () => {
      if (this.status.value.place !== 'unused') await this.#use()
      return this.status.value
    })
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #findFile(): Promise<void> {
    if (this.#isFileAllowed !== undefined) return
    const found = await this.#deps.file.read()
    this.#isFileAllowed = found !== undefined
    this.#waiting = new Map(Object.entries(found ?? {}))
  }

  /** Brings what waits into the keychain, as far as it answers, and says how that went. */
  async #use(): Promise<VaultSecrets> {
    const reached = await this.#reach()
    if (reached.kind === 'reached') {
      this.#settle()
      return reached.secrets
    }
    const place = this.#isFileAllowed === true ? 'file' : 'memory'
    this.status.set({ place, trouble: reached.trouble, waiting: this.#waiting.size })
    return overlay({}, this.#waiting)
  }

  #settle(): void {
    const { place } = this.status.value
    this.status.set({ place: 'keychain', moved: this.#moved })
    if (place !== 'memory' && place !== 'file') return
    this.#deps.log.info({ moved: this.#moved }, 'the keychain is there again')
    for (const listener of this.#returned) listener()
  }

  async #reach(): Promise<Reached> {
    if (this.#attempt !== undefined) return { kind: 'unreached', trouble: 'locked' }
    const attempt = this.#exchange()
    this.#attempt = attempt
    let isLate = false
    attempt
      .finally(() => {
        this.#attempt = undefined
      })
      // Its owner has answered after all: whoever asked was told meanwhile that there is no keychain.
      .then(() => (isLate ? this.retry() : undefined))
      .catch(() => undefined)
    const limit = new AbortController()
    const late = waitFor(this.#deps.limitMs ?? KEYCHAIN_LIMIT_MS, limit.signal).then((): Reached => {
      isLate = true
      return { kind: 'unreached', trouble: 'locked' }
    })
    const reached = attempt.then(
      (secrets): Reached => ({ kind: 'reached', secrets }),
      (error: unknown): Reached => this.#unreached(error),
    )
    return await Promise.race([reached, late]).finally(() => limit.abort())
  }

  #unreached(error: unknown): Reached {
    const trouble = error instanceof KeychainUnavailable ? error.trouble : 'failed'
    this.#deps.log.warn(
      { trouble, reason: error instanceof Error ? error.message : '' },
      'the keychain does not answer',
    )
    return { kind: 'unreached', trouble }
  }

  async #exchange(): Promise<VaultSecrets> {
    const { keychain, file } = this.#deps
    const inside = await keychain.read()
    const waiting = new Map(this.#waiting)
    if (waiting.size > 0) await keychain.write(overlay(inside, waiting))
    const hadToWait = this.status.value.place === 'memory' || this.#isFileAllowed === true
    if (hadToWait) this.#moved += waiting.size
    // What was entered while the keychain took its time is for the next use of it.
    this.#waiting = new Map([...this.#waiting].filter(([name, value]) => waiting.get(name) !== value))
    if (this.#isFileAllowed === true && this.#waiting.size === 0) {
      await file.remove()
      this.#isFileAllowed = false
    }
    return overlay(inside, waiting)
  }
}

function overlay(secrets: VaultSecrets, waiting: ReadonlyMap<string, string | null>): VaultSecrets {
  const kept = Object.entries(secrets).filter(([name]) => !waiting.has(name))
  const set = [...waiting].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  return Object.fromEntries([...kept, ...set])
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
