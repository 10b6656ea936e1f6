import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, expect, it } from 'vitest'
import { noteSession, readSession } from './session-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-sessions-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a session is noted beside its history, and one that cannot be is no failure of its terminal', () => {
  expect(noteSession(join(folder, 'a.ring'), process.pid)).toBeUndefined()
  expect(readSession(join(folder, 'a.ring'))).toBe(process.pid)
  expect(noteSession(join(folder, 'missing', 'b.ring'), process.pid)).toMatchObject({ code: 'ENOENT' })
})
