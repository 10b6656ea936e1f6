/** The second half of `npm start [-- --web]`, under the pinned Node: builds, sees to an engine, opens Berth. */
import { argv, exit } from 'node:process'
import { build } from '../build/build.ts'
import { ensureElectron, hasDisplay } from '../setup/electron.ts'
import { ensureEngine } from '../setup/engine.ts'
import { say } from '../setup/project.mjs'
import { runDesktop } from './desktop.ts'
import { runInBrowser } from './web.ts'

const options = new Set(argv.slice(2))
try {
  await build()
  const engine = await ensureEngine()
  if (!engine.isThere) say(`${engine.sentence} Berth opens all the same, and goes on when the engine is there.`)
  exit(await open())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  exit(1)
}

/** Opens the app, or the same screens in the browser where that was asked for or nothing else is possible. */
async function open(): Promise<number> {
  if (options.has('--web')) return runInBrowser()
  if (!hasDisplay()) {
    say('There is no display for a window here, so the same screens are served to a browser.')
    return runInBrowser()
  }
  const electron = await ensureElectron()
  if (!electron.isThere) {
    say(`The window cannot be opened: ${electron.reason}. The same screens are served to a browser instead.`)
    return runInBrowser()
  }
  const ended = await runDesktop(electron.program)
  if (ended.kind === 'ended') return ended.code
  say('The window did not come up (see above), so the same screens are served to a browser.')
  return runInBrowser()
}
