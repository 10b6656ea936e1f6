import { expect, test, vi } from 'vitest'
import type { VaultQuestion, VaultStatus } from '../../contract/desktop/vault.ts'
import { vaultStore } from './vault-store.ts'

const KEYCHAIN: VaultStatus = { place: 'keychain', moved: 0 }
const MEMORY: VaultStatus = { place: 'memory', trouble: 'absent', waiting: 1 }

function asked(limitMs = 60_000) {
  const questions: VaultQuestion[] = []
  const vault = vaultStore((question) => questions.push(question), limitMs)
  return { ...vault, questions }
}

test('each answer settles its own question', async () => {
  const { store, heard, questions } = asked()
  const first = store.load()
  const second = store.apply({ 'env/A': '1', 'env/B': null })
  const [load, apply] = questions
  heard({ kind: 'vault-answer', id: apply?.id ?? 0, secrets: { 'env/A': '1' }, status: KEYCHAIN })
  heard({ kind: 'vault-answer', id: load?.id ?? 0, secrets: { 'env/B': '2' }, status: KEYCHAIN })
  expect(await first).toEqual({ 'env/B': '2' })
  await second
  expect(apply?.ask).toEqual({ verb: 'apply', patch: { 'env/A': '1', 'env/B': null } })
})

test('what failed, and what nobody answers, is an error that says so', async () => {
  const { store, heard } = asked(5)
  const failed = store.apply({ a: '1' })
  heard({ kind: 'vault-answer', id: 1, status: KEYCHAIN })
  await expect(failed).rejects.toThrow('The vault of the app failed.')
  await expect(store.load()).rejects.toThrow('does not answer')
})

test('what does not last is said, and so is its end', () => {
  const { store, heard } = asked()
  const replaced = vi.fn()
  store.onReplaced?.(replaced)
  expect([store.kind, store.status().state]).toEqual(['keychain', 'ready'])
  heard({ kind: 'vault-answer', id: 9, secrets: {}, status: MEMORY })
  expect([store.kind, store.status().state]).toEqual(['memory', 'unsaved'])
  expect(replaced).not.toHaveBeenCalled()
  heard({ kind: 'vault-news', status: KEYCHAIN })
  expect([store.kind, store.status().state]).toEqual(['keychain', 'ready'])
  expect(replaced).toHaveBeenCalledOnce()
})
