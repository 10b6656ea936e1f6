import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CredentialEntry } from '../../contract/runtime/credential-files.ts'
import { writeCredentialFiles } from './write-files.ts'

let root = ''
let home = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'berth-files-'))
  home = join(root, 'home')
  mkdirSync(home)
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const file = (text: string, path = '', mode = 0o600): CredentialEntry => ({
  kind: 'file',
  path,
  mode,
  content: Buffer.from(text).toString('base64'),
})
const write = (destination: string, entries: CredentialEntry[], keepExisting = false): void => {
  writeCredentialFiles(home, { destination, entries, keepExisting })
}
const modeOf = (path: string): string => (statSync(join(home, path)).mode & 0o777).toString(8)

test('a file comes with its mode, into folders that are closed to others', () => {
  write('~/.ssh/keys/id', [file('key', '', 0o400)])
  expect(readFileSync(join(home, '.ssh/keys/id'), 'utf8')).toBe('key')
  expect([modeOf('.ssh'), modeOf('.ssh/keys'), modeOf('.ssh/keys/id')]).toEqual(['700', '700', '400'])
  write('~/.ssh/keys/id', [file('other', '', 0o600)])
  expect(readFileSync(join(home, '.ssh/keys/id'), 'utf8')).toBe('other')
  expect(readdirSync(join(home, '.ssh/keys'))).toEqual(['id'])
})

test('a folder comes with what is in it, and what else is there stays', () => {
  mkdirSync(join(home, 'tool'))
  writeFileSync(join(home, 'tool/mine'), 'mine')
  write(join(home, 'tool'), [
    { kind: 'folder', path: '', mode: 0o755 },
    { kind: 'folder', path: 'empty', mode: 0o500 },
    file('a', 'deep/a', 0o644),
  ])
  expect(readdirSync(join(home, 'tool')).sort()).toEqual(['deep', 'empty', 'mine'])
  expect([modeOf('tool/empty'), modeOf('tool/deep/a')]).toEqual(['700', '644'])
})

test('what is there stays where that is asked for', () => {
  writeFileSync(join(home, 'token'), 'refreshed')
  write('~/token', [file('stale')], true)
  expect(readFileSync(join(home, 'token'), 'utf8')).toBe('refreshed')
})

test('nothing is written outside of the home, whatever links lead there', () => {
  mkdirSync(join(root, 'outside'))
  writeFileSync(join(root, 'outside/file'), 'theirs')
  symlinkSync(join(root, 'outside'), join(home, 'out'))
  symlinkSync(join(root, 'outside/file'), join(home, 'link'))
  expect(() => write('~/out/file', [file('x')])).toThrow('leads out of the home')
  expect(() => write('~/out', [{ kind: 'folder', path: '', mode: 0o700 }, file('x', 'file')])).toThrow('leads out')
  expect(() => write(join(root, 'outside/file'), [file('x')])).toThrow('is not in the home folder')
  write('~/link', [file('ours')])
  expect(readFileSync(join(root, 'outside/file'), 'utf8')).toBe('theirs')
  expect(readFileSync(join(home, 'link'), 'utf8')).toBe('ours')
})

test('what stands in the way is said', () => {
  mkdirSync(join(home, 'folder'))
  writeFileSync(join(home, 'plain'), '')
  expect(() => write('~/folder', [file('x')])).toThrow('~/folder is a folder')
  expect(() => write('~/plain/below', [file('x')])).toThrow('~/plain is a file')
})
