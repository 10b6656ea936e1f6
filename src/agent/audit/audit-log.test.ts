import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuditLogOptions, type NewAuditEntry, openAuditLog } from './audit-log.ts'
import { recordCall } from './audited.ts'

let configDir: string
beforeEach(() => {
  configDir = mkdtempSync(path.join(os.tmpdir(), 'berth-test-'))
})
afterEach(() => rmSync(configDir, { recursive: true }))

const file = (name = 'audit.jsonl') => path.join(configDir, 'audit', name)
const open = (options: Partial<AuditLogOptions> = {}) =>
  openAuditLog({ configDir, log: pino({ level: 'silent' }), ...options })
const entry = (subject: string, more: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  client: { id: 'a', name: 'laptop' },
  face: { kind: 'network', address: '100.64.0.1' },
  action: 'workspaces.delete',
  subject,
  outcome: { kind: 'done' },
  ...more,
})
const refused = (address: string) =>
  entry('x', { face: { kind: 'network', address }, outcome: { kind: 'refused', code: 'UNAUTHORIZED' } })

describe('the audit log', () => {
  it('is read in pages, newest first, over restarts, and is its owner’s alone', async () => {
    using first = await open()
    for (const subject of ['a', 'b', 'c']) first.record(entry(subject))
    using again = await open()
    again.record(entry('d'))
    const page = await again.list({ before: undefined, limit: 3 })
    expect(page.entries.map(({ subject }) => subject)).toEqual(['d', 'c', 'b'])
    const rest = await again.list({ before: page.before, limit: 3 })
    expect(rest.entries.map(({ subject }) => subject)).toEqual(['a'])
    expect(rest.before).toBeUndefined()
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(file())).mode & 0o777).toBe(0o700)
  })

  it('has bounded files, of which the oldest goes first, and counts on', async () => {
    using log = await open({ limits: { fileBytes: 1_000, files: 3 } })
    for (let index = 0; index < 100; index += 1) log.record(entry(`s${index}`))
    expect(readdirSync(path.dirname(file())).toSorted()).toEqual(['audit.1.jsonl', 'audit.2.jsonl', 'audit.jsonl'])
    const { entries } = await log.list({ before: undefined, limit: 500 })
    expect(entries[0]).toMatchObject({ subject: 's99', id: '100' })
    expect(entries.length).toBeLessThan(20)
    expect(entries.map(({ id }) => Number(id))).toEqual(entries.map((_, index) => 100 - index))
  })

  it('tells what is put aside while it is read once', async () => {
    using log = await open()
    for (const subject of ['a', 'b', 'c']) log.record(entry(subject))
    // As the reader of the newest file meets the next one, when it was put aside in between.
    copyFileSync(file(), file('audit.1.jsonl'))
    const { entries } = await log.list({ before: undefined, limit: 10 })
    expect(entries.map(({ subject }) => subject)).toEqual(['c', 'b', 'a'])
  })

  it('goes on after a line that was torn, or that is none', async () => {
    {
      using log = await open()
      log.record(entry('whole'))
    }
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}{"id":"7"}\n{"id":"2","at":`)
    using log = await open()
    log.record(entry('after'))
    const { entries } = await log.list({ before: undefined, limit: 10 })
    expect(entries.map(({ subject }) => subject)).toEqual(['after', 'whole'])
  })

  it('holds text of others in one line, bounded, with nothing that a terminal obeys', async () => {
    using log = await open()
    const hostile = `\u001b[2J\r\nfake\u202Eline\u2028${'x'.repeat(1_000)}`
    log.record(entry(hostile, { client: { id: 'a', name: hostile } }))
    expect(readFileSync(file(), 'utf8').split('\n')).toHaveLength(2)
    const [first] = (await log.list({ before: undefined, limit: 1 })).entries
    expect(first?.subject).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}]{200}$/u)
    expect(first?.client.name).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}]{120}$/u)
  })

  it('is not displaced by refusals, however many there are', async () => {
    let now = 0
    using log = await open({ now: () => now })
    log.record(entry('kept'))
    for (let tried = 0; tried < 5_000; tried += 1) log.record(refused('100.64.0.2'))
    for (let address = 0; address < 5_000; address += 1) log.record(refused(`fd7a:${address}`))
    now = 60_000
    log.record(refused('100.64.0.2'))
    const { entries } = await log.list({ before: undefined, limit: 500 })
    expect(entries.at(-1)).toMatchObject({ subject: 'kept' })
    expect(entries.length).toBeLessThan(250)
    expect(entries[0]).toMatchObject({ at: '1970-01-01T00:01:00.000Z' })
  })
})

describe('a call', () => {
  const record = (procedure: string, input: unknown, code?: string) => {
    const written: NewAuditEntry[] = []
    const error = code === undefined ? undefined : { code }
    const call = { identity: { kind: 'local', id: 'local', scope: 'admin' }, face: { kind: 'socket' } } as const
    recordCall({ record: (one) => written.push(one) }, { ...call, path: procedure.split('.'), input }, error)
    return written
  }

  it('is written down by what it is about, and never by a value', () => {
    const patch = { API_KEY: 'planted-1', OLD: null }
    expect(record('workspaces.environment.update', { name: 'alpha', patch })).toMatchObject([
      { client: { id: 'local' }, subject: 'alpha API_KEY OLD', outcome: { kind: 'done' } },
    ])
    const all = [
      record('config.credentials.update', { env: { A: 'planted-2' }, files: { '~/.x': '/planted' } }),
      record('workspaces.exec', { name: 'alpha', command: ['planted'], stdin: 'planted', env: { B: 'planted' } }),
      record('workspaces.create', { name: { planted: 'planted' }, env: ['planted'] }),
      record('config.scripts.update', { post_start: '/planted' }),
    ]
    expect(all.map((entries) => entries.length)).toEqual([1, 1, 1, 1])
    expect(JSON.stringify(all)).not.toContain('planted')
  })

  it('is left out where it changes nothing and tells no secret, unless it was refused', () => {
    expect(record('workspaces.list', undefined)).toEqual([])
    expect(record('workspaces.get', { name: 'x' }, 'NOT_FOUND')).toEqual([])
    expect(record('clients.list', undefined, 'FORBIDDEN')).toMatchObject([{ outcome: { kind: 'refused' } }])
    expect(record('config.credentials.reveal', { name: 'API_KEY' })).toMatchObject([{ subject: 'API_KEY' }])
    expect(record('workspaces.delete', { name: 'x' }, 'PRECONDITION_FAILED')).toMatchObject([
      { outcome: { kind: 'failed', code: 'PRECONDITION_FAILED' } },
    ])
    expect(record('something.new', {})).toHaveLength(1)
  })
})

it('does not stand in the way of what it cannot write', async () => {
  const lines: string[] = []
  using log = await open({
    log: pino({ base: null }, { write: (line) => void lines.push(line) }),
    limits: { fileBytes: 1, files: 2 },
  })
  log.record(entry('first'))
  rmSync(path.dirname(file()), { recursive: true })
  log.record(entry('second'))
  expect(lines.join('')).toContain('the audit log cannot be written')
  mkdirSync(path.dirname(file()))
  log.record(entry('third'))
  expect(readFileSync(file(), 'utf8')).toContain('third')
})
