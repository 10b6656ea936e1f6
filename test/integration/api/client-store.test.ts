import { chmod, mkdir, mkdtemp, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openClientStore } from '../../../src/agent/auth/client-store.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  file = path.join(folder, 'clients.json')
})
afterEach(() => rm(folder, { recursive: true }))

it('knows a token over restarts, and keeps only its digest', async () => {
  const first = await openClientStore(file)
  const { token, client } = await first.add({ name: 'laptop', scope: 'operate', kind: 'paired' })
  expect(await readFile(file, 'utf8')).not.toContain(token)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const second = await openClientStore(file)
  expect(second.authenticate(token)).toMatchObject({ id: client.id, scope: 'operate', kind: 'paired' })
  expect(second.authenticate(`${token.slice(1)}A`)).toBeUndefined()
  expect(second.authenticate('')).toBeUndefined()
  expect(JSON.stringify(second.list())).not.toContain('Sha256')
})

it('forgets who is revoked, at once and for good', async () => {
  const store = await openClientStore(file)
  const kept = await store.add({ name: 'kept', scope: 'read', kind: 'paired' })
  const gone = await store.add({ name: 'gone', scope: 'operate', kind: 'paired' })
  expect(await store.revoke(gone.client.id)).toBe(true)
  expect(await store.revoke(gone.client.id)).toBe(false)
  const again = await openClientStore(file)
  expect(again.authenticate(gone.token)).toBeUndefined()
  expect(again.authenticate(kept.token)).toMatchObject({ name: 'kept' })
})

it('forgets who is revoked though it cannot be written, says so, and writes it when it can', async () => {
  const store = await openClientStore(file)
  const { token, client } = await store.add({ name: 'gone', scope: 'operate', kind: 'paired' })
  await rm(file)
  await mkdir(file)
  await expect(store.revoke(client.id)).rejects.toThrow()
  expect(store.authenticate(token)).toBeUndefined()
  await rmdir(file)
  expect(await store.revoke(client.id)).toBe(true)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ clients: [] })
  expect(await store.revoke(client.id)).toBe(false)
})

it('writes down when a client was seen, but not at each call', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const store = await openClientStore(file, () => now)
  const { token } = await store.add({ name: 'laptop', scope: 'operate', kind: 'paired' })
  now += 1_000
  store.authenticate(token)
  expect(await readFile(file, 'utf8')).not.toContain('lastSeenAt')
  await store.flush()
  expect(await readFile(file, 'utf8')).toContain('2026-01-01T00:00:01.000Z')
})

it('takes the token of a program for as long as it was made for, and not a moment longer', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const { token, client } = await (await openClientStore(file, () => now)).add({
    name: 'ci',
    scope: 'read',
    kind: 'token',
    days: 30,
  })
  expect(client).toMatchObject({ kind: 'token', expiresAt: '2026-01-31T00:00:00.000Z' })
  const store = await openClientStore(file, () => now)
  now = Date.parse('2026-01-31T00:00:00Z') - 1
  expect(store.authenticate(token, '::1')).toMatchObject({ kind: 'token', scope: 'read', expiresAt: now + 1 })
  now += 1
  expect(store.authenticate(token, '::2')).toBeUndefined()
  expect(store.list()).toMatchObject([{ kind: 'token', lastAddress: '::1' }])
})

it('takes clients that were stored before there were kinds for paired ones', async () => {
  await (await openClientStore(file)).add({ name: 'old', scope: 'read', kind: 'paired' })
  await writeFile(file, (await readFile(file, 'utf8')).replace(/ *"kind": "paired",\n/, ''))
  expect((await openClientStore(file)).list()).toMatchObject([{ name: 'old', kind: 'paired' }])
})

it('is not read where others may read it, or where it is damaged', async () => {
  await (await openClientStore(file)).add({ name: 'a', scope: 'read', kind: 'paired' })
  await chmod(file, 0o644)
  await expect(openClientStore(file)).rejects.toMatchObject({
    name: 'StoreError',
    message: expect.stringContaining('Others may read'),
  })
  await chmod(file, 0o600)
  await writeFile(file, '{"version":1,"clients":[{}]}')
  await expect(openClientStore(file)).rejects.toMatchObject({ hint: expect.stringContaining('pair anew') })
})

it('loses no client where many pair at once', async () => {
  const store = await openClientStore(file)
  const added = await Promise.all(
    Array.from({ length: 20 }, (_, index) => store.add({ name: `c${index}`, scope: 'read', kind: 'paired' })),
  )
  const again = await openClientStore(file)
  expect(again.list()).toHaveLength(20)
  expect(added.every(({ token }) => again.authenticate(token) !== undefined)).toBe(true)
})
