import { expect, test } from 'vitest'
import { places, programFiles } from './source.ts'

test('main never waits for a disk or a child process while windows are open: use the calls that return promises', () => {
  // Before the first window there is nothing to hold up, and a crash must be on disk before the process has gone.
  const allowed = /^src\/main\/(main|app-paths)\.ts$|^src\/main\/log\//
  const blocking = programFiles('src/main')
    .filter(({ path }) => !allowed.test(path))
    .flatMap((file) => places(file, /\b\w+Sync\(/))
  expect(blocking).toEqual([])
})

test('the renderer does not ask again and again: feed the query from the event stream', () => {
  const polling = programFiles('src/renderer').flatMap((file) => places(file, /refetchInterval|\bsetInterval\(/))
  // The one clock that makes "2 min ago" go on; it asks nobody.
  expect(polling.filter((place) => !place.startsWith('src/renderer/worker/use-now.ts'))).toEqual([])
})

test('the agent keeps its list by the events of the engine, not by asking for it at intervals', () => {
  const polling = programFiles('src/agent/workspaces', 'src/agent/engine').flatMap((file) =>
    places(file, /\bsetInterval\(/),
  )
  expect(polling).toEqual([])
})

test('no string ever meets a shell: hand over an array of arguments', () => {
  const shells = programFiles(
    'src/agent',
    'src/runtime',
    'src/main',
    'src/cli',
    'src/local-agent',
    'src/tailnet',
  ).flatMap((file) => places(file, /\bexecSync\(|\bexec\(['"`]|shell: true/))
  expect(shells).toEqual([])
})

test('what is shown comes from our own files: no address of another host in the screens', () => {
  const remote = programFiles('src/renderer', 'src/preload').flatMap((file) =>
    places(file, /(src|href|url\()=?["'(]*https?:\/\//),
  )
  expect(remote).toEqual([])
})

test('bytes of terminals are never decoded on their way: only the screen may read them', () => {
  const decoding = programFiles(
    'src/client/terminal',
    'src/runtime/pty',
    'src/runtime/terminals',
    'src/terminals',
  ).flatMap((file) => places(file, /\.toString\(['"]utf-?8['"]\)|setEncoding\(/))
  expect(decoding).toEqual([])
})

test('the window is opened as it was promised: isolated, sandboxed, without Node', () => {
  const text = programFiles('src/main')
    .map((file) => file.text)
    .join('\n')
  expect(text).toMatch(/contextIsolation: true/)
  expect(text).toMatch(/sandbox: true/)
  expect(text).toMatch(/nodeIntegration: false/)
  expect(text).not.toMatch(/webSecurity: false|allowRunningInsecureContent: true/)
})
