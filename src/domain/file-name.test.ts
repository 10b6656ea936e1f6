import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberedName, safeFileName } from './file-name.ts'

test.each([
  ['photo.png', 'photo.png'],
  ['with spaces & “quotes”.txt', 'with spaces & “quotes”.txt'],
  ['.env', '.env'],
  ['../../etc/passwd', 'passwd'],
  ['/etc/cron.d/job', 'job'],
  ['C:\\Users\\me\\notes.txt', 'notes.txt'],
  ['..', 'file'],
  ['.', 'file'],
  ['folder/', 'file'],
  ['\0', 'file'],
  ['a\0b\nc\u001b[31m.txt', 'abc[31m.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['e\u0301.txt', '\u00E9.txt'],
])('%j is written as %j', (given, name) => {
  expect(safeFileName(given)).toBe(name)
})

test('a long name keeps its ending', () => {
  const name = safeFileName(`${'ü'.repeat(300)}.tar.gz`)
  expect(name).toMatch(/^ü+\.tar\.gz$/)
  expect(Buffer.byteLength(name)).toBeGreaterThan(240)
})

test.each([
  ['photo.png', 1, 'photo.png'],
  ['photo.png', 2, 'photo-2.png'],
  ['archive.tar.gz', 12, 'archive-12.tar.gz'],
  ['.env', 2, '.env-2'],
  ['Makefile', 3, 'Makefile-3'],
])('%s, number %i', (name, number, expected) => {
  expect(numberedName(name, number)).toBe(expected)
})

test('whatever a file was called, it is one name of one folder that every file system takes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { maxLength: 400 }), fc.integer({ min: 1, max: 9999 }), (units, number) => {
      const given = String.fromCharCode(...units)
      const name = numberedName(safeFileName(given), number)
      expect(name).not.toMatch(/[/\0\n]/)
      expect(['', '.', '..']).not.toContain(name)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    }),
  )
})
