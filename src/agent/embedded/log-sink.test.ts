import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLogSink } from './log-sink.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-sink-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8')

it('keeps the file that is full beside the one that is written, and goes on after a new start', () => {
  const limits = { fileBytes: 10 }
  openLogSink(folder, limits).write('first line\n')
  const sink = openLogSink(folder, limits)
  sink.write('second line\n')
  expect(read('agent.1.log')).toBe('first line\n')
  sink.write('third line\n')
  expect(read('agent.1.log')).toBe('second line\n')
  expect(read('agent.log')).toBe('third line\n')
})

it.skipIf(process.platform !== 'linux')('loses lines on a full disk, and nothing else', () => {
  symlinkSync('/dev/full', path.join(folder, 'agent.log'))
  const sink = openLogSink(folder)
  expect(() => sink.write('a line\n')).not.toThrow()
})
