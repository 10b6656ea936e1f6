import type { KeychainTrouble } from '../../contract/desktop/vault.ts'

/** Entries of this app in the keychain of the operating system, by account. Each call rejects with `KeychainUnavailable`. */
export interface Keychain {
  read(account: string): Promise<string | undefined>
  write(account: string, text: string): Promise<void>
  remove(account: string): Promise<void>
}

export class KeychainUnavailable extends Error {
  override readonly name = 'KeychainUnavailable'
  readonly trouble: KeychainTrouble

  constructor(trouble: KeychainTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}

/**
 * What a failure of the keychain's binding means. All have one code; they are told apart by what Secret Service
 * (https://specifications.freedesktop.org/secret-service/), the macOS keychain and Windows say.
 */
export function troubleOf(message: string): KeychainTrouble {
  if (/prompt was dismissed|is locked|user name or passphrase|interaction is not allowed|canceled/i.test(message)) {
    return 'locked'
  }
  if (/DBus error|no result found|No storage|could not be found|not supported|logon session/i.test(message)) {
    return 'absent'
  }
  return 'failed'
}
