import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT_FOLDER } from '../setup/project.mjs'
import { encodeIcns, encodeIco } from './containers.ts'

const icons = [16, 32, 256, 1024].map((sizePx) => ({ sizePx, png: Buffer.from(`png of ${sizePx}`) }))

test('a Windows icon points at each of its drawings, and leaves out what is too large for it', () => {
  const ico = encodeIco(icons)
  expect(ico.readUInt16LE(4)).toBe(3)
  const drawings = [0, 1, 2].map((index) => {
    const entry = 6 + 16 * index
    const offset = ico.readUInt32LE(entry + 12)
    return [ico.readUInt8(entry), ico.toString('latin1', offset, offset + ico.readUInt32LE(entry + 8))]
  })
  expect(drawings).toEqual([
    [16, 'png of 16'],
    [32, 'png of 32'],
    [0, 'png of 256'],
  ])
})

test('a macOS icon is a chain of entries as long as it says', () => {
  const icns = encodeIcns(icons)
  expect(icns.toString('latin1', 0, 4)).toBe('icns')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  const types: string[] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('latin1', at, at + 4))
  expect(types).toEqual(['ic11', 'ic08', 'ic13', 'ic10'])
})

test.each([16, 32, 48, 64, 128, 256, 512])('the drawing for Linux of %i pixels has that size', (sizePx) => {
  const png = readFileSync(path.join(PROJECT_FOLDER, `resources/icons/linux/${sizePx}x${sizePx}.png`))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([sizePx, sizePx])
})
