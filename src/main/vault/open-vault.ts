import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Logger } from 'pino'
import { keychainSecrets } from './keychain-secrets.ts'
import { ThreadedKeychain } from './threaded-keychain.ts'
import { Vault } from './vault.ts'
import { waitingFile } from './waiting-file.ts'

/** An entry of the Windows Credential Manager has at most 2,560 bytes, in which a character takes two. */
const MAX_ENTRY_CHARS = { win32: 1_200, other: 1_000_000 }

export interface VaultPlace {
  /** The folder of the agent whose secrets these are: each has an entry of its own. */
  configDir: string
  /** Where a file may wait for the keychain, after a yes. */
  userData: string
  /** The built `keychain-thread`. */
  threadProgram: string
  platform: NodeJS.Platform
  log: Logger
}

/** The vault of this computer's worker. The keychain is not touched before the agent asks for something. */
export function openVault({ configDir, userData, threadProgram, platform, log }: VaultPlace): Vault {
  const folder = platform === 'win32' ? path.resolve(configDir).toLowerCase() : path.resolve(configDir)
  const account = `worker-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`
  const keychain = keychainSecrets({
    keychain: new ThreadedKeychain(threadProgram),
    account,
    maxEntryChars: platform === 'win32' ? MAX_ENTRY_CHARS.win32 : MAX_ENTRY_CHARS.other,
  })
  return new Vault({ keychain, file: waitingFile(path.join(userData, 'vault', `${account}.json`)), log })
}
