import { expect, test } from 'vitest'
import type { Keychain } from './keychain.ts'
import { keychainSecrets } from './keychain-secrets.ts'

/** A keychain that refuses what is too long for it, as Windows does, and fails from a given write on. */
function limitedKeychain(maxChars: number): Keychain & { entries: Map<string, string>; failAfter: number } {
  const entries = new Map<string, string>()
  const keychain = {
    entries,
    failAfter: Number.POSITIVE_INFINITY,
    read: async (account: string) => entries.get(account),
    write: async (account: string, text: string) => {
      if (text.length > maxChars || keychain.failAfter <= 0) throw new Error(`refused ${text.length} characters`)
      keychain.failAfter -= 1
      entries.set(account, text)
    },
    remove: async (account: string) => void entries.delete(account),
  }
  return keychain
}

const long = { 'env/KEY': `-----BEGIN KEY-----\n${'é😀"\\'.repeat(700)}`, 'env/OTHER': 'x' }

test('few secrets are one entry', async () => {
  const keychain = limitedKeychain(1_000)
  const store = keychainSecrets({ keychain, account: 'worker', maxEntryChars: 1_000 })
  expect(await store.read()).toEqual({})
  await store.write({ 'env/A': 'ä' })
  expect(await store.read()).toEqual({ 'env/A': 'ä' })
  expect([...keychain.entries.keys()]).toEqual(['worker'])
})

test('what is longer than an entry may be is read as it was written, and leaves nothing behind', async () => {
  const keychain = limitedKeychain(1_000)
  const store = keychainSecrets({ keychain, account: 'worker', maxEntryChars: 1_000 })
  await store.write(long)
  await store.write({ ...long, 'env/OTHER': 'y' })
  expect(await store.read()).toEqual({ ...long, 'env/OTHER': 'y' })
  await store.write({ 'env/A': '1' })
  expect([...keychain.entries.keys()]).toEqual(['worker'])
})

test('a write that fails in its middle changes nothing', async () => {
  const keychain = limitedKeychain(1_000)
  const store = keychainSecrets({ keychain, account: 'worker', maxEntryChars: 1_000 })
  await store.write({ 'env/A': '1' })
  keychain.failAfter = 3
  await expect(store.write(long)).rejects.toThrow('refused')
  expect(await store.read()).toEqual({ 'env/A': '1' })
})

test('an entry that is not understood is an error, not an empty one', async () => {
  const keychain = limitedKeychain(1_000)
  keychain.entries.set('worker', '{"version":2}')
  await expect(keychainSecrets({ keychain, account: 'worker', maxEntryChars: 1_000 }).read()).rejects.toMatchObject({
    trouble: 'failed',
  })
})
