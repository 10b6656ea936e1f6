import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openRotatingLog } from './rotating-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('openRotatingLog', () => {
  it('leaves secrets out', async () => {
    const { log } = openRotatingLog(folder)
    log.info({ client: { token: 'berth-secret-1' }, worker: { env: { KEY: 'berth-secret-2' } } }, 'paired')
    const text = () => readFileSync(join(folder, 'main.log'), 'utf8')
    await vi.waitFor(() => expect(text()).toContain('paired'))
    expect(text()).not.toContain('berth-secret')
  })

  it('turns over a file that is full and keeps three', async () => {
    const { log } = openRotatingLog(folder, { fileBytes: 400 })
    for (let round = 0; round < 5; round += 1) {
      for (let line = 0; line < 10; line += 1) log.info({ round, line }, 'a line of some length, to fill the file')
      const full = (): string => readFileSync(join(folder, 'main.1.log'), 'utf8')
      await vi.waitFor(() => expect(full()).toContain(`"round":${round}`))
    }
    await vi.waitFor(() => expect(readdirSync(folder).toSorted()).toEqual(['main.1.log', 'main.2.log', 'main.log']))
  })

  it('has the last words on the disk before it goes on', () => {
    const { log, lastWords } = openRotatingLog(folder)
    for (let line = 0; line < 1_000; line += 1) log.info({ line }, 'under way')
    lastWords(new Error('the end'), 'uncaught')
    expect(readFileSync(join(folder, 'main.log'), 'utf8')).toContain('the end')
  })

  it.skipIf(process.platform !== 'linux')('loses lines on a full disk, and nothing else', () => {
    symlinkSync('/dev/full', join(folder, 'main.log'))
    const { log, lastWords } = openRotatingLog(folder)
    for (let line = 0; line < 1_000; line += 1) log.info({ line }, 'under way')
    expect(() => lastWords(new Error('the end'), 'uncaught')).not.toThrow()
  })
})
