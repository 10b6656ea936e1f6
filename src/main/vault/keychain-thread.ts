import { parentPort } from 'node:worker_threads'
import { AsyncEntry } from '@napi-rs/keyring'
import { assertNever } from '../../domain/assert-never.ts'
import { troubleOf } from './keychain.ts'
import { KeychainCall, type KeychainReply } from './keychain-messages.ts'

/** Under which the entries are seen in a keychain's own list. */
const SERVICE = 'Berth'

/**
 * A thread of main for the keychain: even to name an entry speaks to the desktop's bus and waits for it, which may take as
 * long as a service takes to start. The store is pinned: on Linux the binding would fall back to one that a reboot empties.
 */
parentPort?.on('message', (message: unknown) => {
  const call = KeychainCall.parse(message)
  carryOut(call).then(
    (text) => reply({ id: call.id, ok: true, ...(text === undefined ? {} : { text }) }),
    (error: unknown) => {
      const words = error instanceof Error ? error.message : String(error)
      reply({ id: call.id, ok: false, trouble: troubleOf(words), message: words })
    },
  )
})

function reply(message: KeychainReply): void {
  parentPort?.postMessage(message)
}

async function carryOut(call: KeychainCall): Promise<string | undefined> {
  const entry = new AsyncEntry(SERVICE, call.account, { linux: { store: 'secret-service' } })
  switch (call.verb) {
    case 'read':
      return (await entry.getPassword()) ?? undefined
    case 'write':
      await entry.setPassword(call.text)
      return undefined
    case 'remove':
      await entry.deletePassword()
      return undefined
    default:
      return assertNever(call)
  }
}
