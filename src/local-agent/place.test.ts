import { createHash, randomBytes } from 'node:crypto'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { findPlace, pipeOf, secretPath } from './place.ts'
import { isProof, newChallenge, proofOf } from './proof.ts'

it('is a pipe on Windows whose name follows from the secret alone', async () => {
  await using folder = await mkdtempDisposable(path.join(os.tmpdir(), 'berth-place-'))
  expect(await findPlace(folder.path, 'win32')).toBeUndefined()
  const secret = randomBytes(32)
  await writeFile(secretPath(folder.path), secret)
  const place = await findPlace(folder.path, 'win32')
  expect(place).toEqual(pipeOf(secret))
  expect(place?.path).toMatch(/^\\\\\.\\pipe\\berth-agent-[0-9a-f]{32}$/)
  expect(place?.path).not.toContain(createHash('sha256').update(folder.path.toLowerCase()).digest('hex').slice(0, 24))
  expect(pipeOf(randomBytes(32)).path).not.toBe(place?.path)
})

it('is a socket elsewhere, which needs no proof', async () => {
  expect(await findPlace('/home/anna/berth/', 'linux')).toEqual({ path: '/home/anna/berth/agent.sock' })
})

it('is proven by who knows the secret, for one challenge and one place', () => {
  const secret = randomBytes(32)
  const place = { path: 'here', secret }
  const challenge = newChallenge()
  const proof = proofOf(place, challenge)
  expect(isProof(place, { challenge, proof })).toBe(true)
  expect(isProof(place, { challenge: newChallenge(), proof })).toBe(false)
  expect(isProof({ ...place, path: 'there' }, { challenge, proof })).toBe(false)
  expect(isProof({ ...place, secret: randomBytes(32) }, { challenge, proof })).toBe(false)
  for (const forged of [undefined, '', 'x'.repeat(64), [proof]]) {
    expect(isProof(place, { challenge, proof: forged })).toBe(false)
  }
})

it('proves nothing for what is no challenge', () => {
  const place = { path: 'here', secret: randomBytes(32) }
  for (const asked of [undefined, '', 'agent-id', newChallenge().toUpperCase(), `${newChallenge()}0`]) {
    expect(proofOf(place, asked)).toBeUndefined()
  }
})
