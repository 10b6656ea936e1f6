import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TerminalRecord } from '../../contract/terminal/terminal.ts'
import { KeptScreen, type ScreenState } from '../screens/kept-screen.ts'
import { ScreenWorker } from '../screens/screen-worker.ts'
import { leftFiles } from './holder.ts'
import { KeptFile, takeUpEarlier } from './kept-terminals.ts'
import { RingFile } from './ring-file.ts'
import { endEarlierRuns } from './session-files.ts'

let folder = ''
const problems: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-kept-'))
  problems.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

const report = (_level: string, message: string): void => void problems.push(message)
const takeUp = (left = leftFiles(folder)) =>
  takeUpEarlier(folder, { worker: new ScreenWorker('unused'), report, left, isTaken: () => false })

function recordOf(minute: number): TerminalRecord {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
  return { id: randomUUID(), title: `shell ${minute}`, isRenamed: false, createdAt, cols: 80, rows: 24, clients: 0 }
}

/** What a runtime that was killed leaves of a terminal; the ring was written last at `minute`. */
function leave(minute: number, { bytes = 10, screen = KeptScreen.begin({ cols: 80, rows: 24 }) } = {}): string {
  const ring = RingFile.create(join(folder, `${randomUUID()}.ring`))
  ring.append(Buffer.alloc(bytes, 0x78))
  new KeptFile({ ringPath: ring.path, screen: () => screen, report }).note({ record: recordOf(minute) })
  const at = new Date(Date.UTC(2026, 0, 1, 0, minute))
  utimesSync(ring.path, at, at)
  return ring.path
}

const titles = () => takeUp().terminals.map(({ record }) => record.title)
const shells = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `shell ${from + index}`)

test('the newest twenty are kept, in the order of their creation, and come again after another stop', () => {
  for (const minute of [...Array(25).keys()].reverse()) leave(minute)
  expect(titles()).toEqual(shells(5, 24))
  expect(titles()).toEqual(shells(5, 24))
  expect(readdirSync(folder)).toHaveLength(40)
})

test('no more of their output than 64 MiB is kept', () => {
  for (const minute of [0, 1, 2, 3, 4, 5, 6, 7, 8]) leave(minute, { bytes: 8_388_608 })
  expect(titles()).toEqual(shells(2, 8))
})

test('what is not whole is removed with all that belongs to it, and keeps nothing else from being there', async () => {
  const whole = leave(1)
  const torn = leave(2)
  writeFileSync(`${torn}.terminal`, '{"record":')
  const withoutScreen: ScreenState = {
    base: { offset: 0, stateFile: join(folder, 'gone'), modes: '' },
    sizes: [{ cols: 80, rows: 24, offset: 0 }],
  }
  leave(3, { screen: withoutScreen })
  rmSync(leave(4))
  writeFileSync(`${whole}.screen99`, 'of a base that was left')
  writeFileSync(`${whole}.terminal.draft`, '{')
  const left = leftFiles(folder)
  const { terminals, files } = takeUp(left)
  await endEarlierRuns(folder, { left, isTaken: (name) => files.has(name) })
  expect(terminals.map(({ record }) => record.title)).toEqual(['shell 1'])
  expect(problems).toHaveLength(3)
  expect(readdirSync(folder).sort()).toEqual([...files].sort())
})

test('what a runtime leaves that ends meanwhile stays for the next look', async () => {
  const left = leftFiles(folder)
  leave(1)
  expect(takeUp(left).terminals).toEqual([])
  await endEarlierRuns(folder, { left, isTaken: () => false })
  expect(titles()).toEqual(['shell 1'])
})
