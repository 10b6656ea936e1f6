import { expect, test } from 'vitest'
import { places, programFiles, sourceFiles } from './source.ts'

const OURS = ['src', 'scripts', 'test', 'e2e', 'bench']

test('no file is longer than 500 lines: split it where its nouns part', () => {
  const tooLong = sourceFiles(...OURS).filter(({ lines }) => lines > 500)
  expect(tooLong.map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([])
})

test('file names are kebab-case and say what they hold: rename what is listed after the noun or deed inside', () => {
  const wrong = sourceFiles(...OURS)
    .map(({ path }) => path)
    .filter((path) => {
      const name = path.split('/').at(-1) ?? ''
      return (
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/.test(name) || /\b(utils?|helpers?|managers?|common)\b/.test(name)
      )
    })
  expect(wrong).toEqual([])
})

test('a linter rule is switched off for one line only, with the reason after " -- "', () => {
  const wide = sourceFiles('src', 'scripts').flatMap((file) => places(file, /eslint-disable(?!-next-line|-line)/))
  expect(wide, 'write eslint-disable-next-line').toEqual([])
  const silent = sourceFiles('src', 'scripts').flatMap((file) =>
    places(file, /(eslint-disable|biome-ignore|@ts-expect-error)(?!.*( -- |: )\S+ \S+)/),
  )
  expect(silent, 'say why, after " -- "').toEqual([])
})

test('the compiler is not silenced: mend the type, or parse the value', () => {
  const silenced = sourceFiles('src', 'scripts').flatMap((file) => places(file, /@ts-(ignore|nocheck)/))
  expect(silenced).toEqual([])
})

test('nothing unfinished is left in the source: finish it or open an issue', () => {
  const unfinished = sourceFiles('src', 'scripts', 'bench').flatMap((file) => places(file, /\b(TODO|FIXME|XXX|HACK)\b/))
  expect(unfinished).toEqual([])
})

test('screens run over plain HTTP on a tailnet too, where a page has none of these: `randomUuid` of src/client, or a way without', () => {
  const missing = /\bcrypto\.(randomUUID|subtle)\b|\bnavigator\.(locks|storage|serviceWorker|wakeLock)\b/
  const used = sourceFiles('src/client', 'src/renderer').flatMap((file) => places(file, missing))
  expect(used).toEqual([])
})

test('`localStorage` throws where a browser blocks it: read and write through platform/page-storage.ts', () => {
  const touched = programFiles('src/renderer')
    .filter(({ path }) => path !== 'src/renderer/platform/page-storage.ts')
    .flatMap((file) => places(file, /\b(localStorage|sessionStorage)[.,;)\]]/))
  expect(touched).toEqual([])
})

test('every folder of `src` has a place in the picture: add a new one to ARCHITECTURE.md and .dependency-cruiser.cjs', () => {
  const folders = new Set(programFiles('src').map(({ path }) => path.split('/')[1]))
  const known = [
    'agent',
    'cli',
    'client',
    'contract',
    'domain',
    'globals.d.ts',
    'local-agent',
    'main',
    'preload',
    'renderer',
    'runtime',
    'tailnet',
    'terminals',
  ]
  expect([...folders].filter((folder) => !known.includes(folder ?? ''))).toEqual([])
})
