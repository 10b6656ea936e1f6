import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Logger } from 'pino'
import type { Keychain } from './keychain.ts'
import { keychainSecrets, type StoredSecrets } from './keychain-secrets.ts'
import { Vault } from './vault.ts'
import { noFile, waitingFile } from './waiting-file.ts'

/** An entry of the Windows Credential Manager has at most 2,560 bytes, in which a character takes two. */
const MAX_ENTRY_CHARS = { win32: 1_200, other: 1_000_000 }

export interface VaultPlace {
  /** The app's own folder. */
  userData: string
  keychain: Keychain
  platform: NodeJS.Platform
  log: Logger
}

/**
 * The vault of this computer's worker, whose folder is `configDir`: each has an entry of its own. The keychain is not touched
 * before the agent asks for something. After a yes, a file below the app's folder may wait for it.
 */
export function openVault(place: VaultPlace & { configDir: string }): Vault {
  const account = accountOf('worker', place.configDir, place.platform)
  const file = waitingFile(path.join(place.userData, 'vault', `${account}.json`))
  return new Vault({ keychain: entryOf(account, place), file, log: place.log })
}

/** The vault of this app's tokens for remote workers: an entry of its own, which no agent is given, and never a file. */
export function openTokenVault(place: VaultPlace): Vault {
  const account = accountOf('tokens', place.userData, place.platform)
  return new Vault({ keychain: entryOf(account, place), file: noFile, log: place.log })
}

function entryOf(account: string, { platform, keychain }: VaultPlace): StoredSecrets {
  const maxEntryChars = platform === 'win32' ? MAX_ENTRY_CHARS.win32 : MAX_ENTRY_CHARS.other
  return keychainSecrets({ keychain, account, maxEntryChars })
}

function accountOf(kind: string, folder: string, platform: NodeJS.Platform): string {
  const whole = platform === 'win32' ? path.resolve(folder).toLowerCase() : path.resolve(folder)
  return `${kind}-${createHash('sha256').update(whole).digest('hex').slice(0, 24)}`
}
