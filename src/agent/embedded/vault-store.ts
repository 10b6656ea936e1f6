import type { VaultAnswer, VaultNews, VaultPatch, VaultQuestion, VaultStatus } from '../../contract/desktop/vault.ts'
import { assertNever } from '../../domain/assert-never.ts'
import type { SecretStore, SecretStoreStatus } from '../credentials/secret-store.ts'
import { StoreError } from '../store/store-errors.ts'

/** Main waits 5 s for a keychain at most; past this it has gone, or hangs. */
const ANSWER_LIMIT_MS = 20_000

/** A store of secrets that is main's vault, and what comes from main for it. */
export interface VaultStore {
  readonly store: SecretStore
  heard(message: VaultAnswer | VaultNews): void
}

/** Secrets rest with main, which alone speaks to the keychain. `ask` posts a question; its answer comes by `heard`. */
export function vaultStore(ask: (question: VaultQuestion) => void, limitMs = ANSWER_LIMIT_MS): VaultStore {
  const waiting = new Map<number, (answer: VaultAnswer) => void>()
  const listeners = new Set<() => void>()
  let status: VaultStatus = { place: 'unused' }
  let lastId = 0

  const question = (asked: VaultQuestion['ask']): Promise<Record<string, string>> => {
    const id = ++lastId
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        waiting.delete(id)
        reject(new StoreError('The app does not answer for its vault.', 'Restart Berth.'))
      }, limitMs)
      waiting.set(id, ({ secrets }) => {
        clearTimeout(limit)
        if (secrets === undefined) reject(new StoreError('The vault of the app failed.', 'Its log says why.'))
        else resolve(secrets)
      })
      ask({ kind: 'vault', id, ask: asked })
    })
  }
  return {
    store: {
      get kind() {
        return status.place === 'memory' || status.place === 'file' ? status.place : 'keychain'
      },
      status: () => storeStatus(status),
      load: () => question({ verb: 'load' }),
      apply: async (patch: VaultPatch) => {
        await question({ verb: 'apply', patch })
      },
      onReplaced: (listener) => {
        listeners.add(listener)
      },
    },
    heard: (message) => {
      status = message.status
      switch (message.kind) {
        case 'vault-answer': {
          const answered = waiting.get(message.id)
          waiting.delete(message.id)
          answered?.(message)
          return
        }
        case 'vault-news':
          for (const listener of listeners) listener()
          return
        default:
          assertNever(message)
      }
    },
  }
}

function storeStatus(status: VaultStatus): SecretStoreStatus {
  switch (status.place) {
    case 'unused':
    case 'keychain':
      return { state: 'ready' }
    case 'file':
      return {
        state: 'ready',
        message: 'The keychain does not answer: what is entered waits in a file that its owner alone may read.',
      }
    case 'memory':
      return {
        state: 'unsaved',
        message: 'The keychain does not answer: what is entered is gone when the app ends.',
        hint: 'Unlock or start it, or allow a file, in the settings of the app.',
      }
    default:
      return assertNever(status)
  }
}
