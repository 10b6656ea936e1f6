import pino from 'pino'
import { expect, test } from 'vitest'
import type { VaultPatch, VaultSecrets } from '../../contract/desktop/vault.ts'
import { KeychainUnavailable } from './keychain.ts'
import { Vault } from './vault.ts'

/** A keychain and a file in memory; `trouble` is what the keychain answers with, `gate` what it waits for first. */
function parts(inside: VaultSecrets = {}, onDisk?: VaultPatch) {
  const state = {
    inside,
    onDisk,
    trouble: undefined as 'absent' | 'locked' | undefined,
    gate: undefined as Promise<void> | undefined,
    uses: 0,
  }
  const pass = async (): Promise<void> => {
    state.uses += 1
    await state.gate
    if (state.trouble !== undefined) throw new KeychainUnavailable(state.trouble, 'no')
  }
  const vault = new Vault({
    keychain: {
      read: async () => {
        await pass()
        return state.inside
      },
      write: async (secrets) => {
        await pass()
        state.inside = secrets
      },
    },
    file: {
      read: async () => state.onDisk,
      write: async (waiting) => {
        state.onDisk = waiting
      },
      remove: async () => {
        state.onDisk = undefined
      },
    },
    log: pino({ enabled: false }),
    limitMs: 20,
  })
  return { vault, state }
}

test('secrets rest in the keychain alone', async () => {
  const { vault, state } = parts({ a: '1', b: '2' })
  expect(vault.status.value).toEqual({ place: 'unused' })
  expect(await vault.load()).toEqual({ a: '1', b: '2' })
  await vault.apply({ a: null, c: '3' })
  expect(state.inside).toEqual({ b: '2', c: '3' })
  expect(state.onDisk).toBeUndefined()
  expect(vault.status.value).toEqual({ place: 'keychain', moved: 0 })
})

test('without a keychain they are kept in memory, and go into it when it comes, over what it holds', async () => {
  const { vault, state } = parts({ old: 'o', a: 'before' })
  state.trouble = 'absent'
  expect(await vault.load()).toEqual({})
  expect(await vault.apply({ a: 'x', b: null })).toEqual({ a: 'x' })
  expect(vault.status.value).toEqual({ place: 'memory', trouble: 'absent', waiting: 2 })
  expect(state.onDisk).toBeUndefined()

  let returns = 0
  vault.onReturn(() => {
    returns += 1
  })
  state.trouble = undefined
  expect(await vault.retry()).toEqual({ place: 'keychain', moved: 2 })
  expect(state.inside).toEqual({ old: 'o', a: 'x' })
  expect(returns).toBe(1)
  expect(await vault.load()).toEqual({ old: 'o', a: 'x' })
})

test('only after a yes do they wait in a file, which goes when the keychain comes', async () => {
  const { vault, state } = parts()
  state.trouble = 'locked'
  await vault.load()
  await vault.apply({ a: '1' })
  expect(await vault.allowFile()).toEqual({ place: 'file', trouble: 'locked', waiting: 1 })
  await vault.apply({ b: '2' })
  expect(state.onDisk).toEqual({ a: '1', b: '2' })
  state.trouble = undefined
  await vault.apply({ c: '3' })
  expect(state.inside).toEqual({ a: '1', b: '2', c: '3' })
  expect(state.onDisk).toBeUndefined()
  expect(vault.status.value).toEqual({ place: 'keychain', moved: 3 })
})

test('what waits in the file is there at the next start, with or without a keychain', async () => {
  const without = parts({ x: '9' }, { a: '1', x: null })
  without.state.trouble = 'absent'
  expect(await without.vault.load()).toEqual({ a: '1' })
  expect(without.vault.status.value).toEqual({ place: 'file', trouble: 'absent', waiting: 2 })
  const present = parts({ x: '9', y: '8' }, { a: '1', x: null })
  expect(await present.vault.load()).toEqual({ a: '1', y: '8' })
  expect(present.state.onDisk).toBeUndefined()
})

test('a yes that is not needed makes no file', async () => {
  const { vault, state } = parts()
  await vault.load()
  expect(await vault.allowFile()).toEqual({ place: 'keychain', moved: 0 })
  expect(state.onDisk).toBeUndefined()
})

test('nobody waits for a keychain that asks its owner; what it gives in the end is taken, and it is asked once', async () => {
  const { vault, state } = parts({ old: 'o' })
  let unlock = (): void => undefined
  state.gate = new Promise((resolve) => {
    unlock = resolve
  })
  expect(await vault.load()).toEqual({})
  expect(await vault.apply({ a: '1' })).toEqual({ a: '1' })
  expect(vault.status.value).toEqual({ place: 'memory', trouble: 'locked', waiting: 1 })
  expect(state.uses).toBe(1)
  const returned = new Promise<void>((resolve) => vault.onReturn(resolve))
  unlock()
  await returned
  expect(state.inside).toEqual({ old: 'o', a: '1' })
})
