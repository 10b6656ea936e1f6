/** The second half of `npm run setup`, under the pinned Node: builds, and sees to an engine. */
import { exit } from 'node:process'
import { build } from '../build/build.ts'
import { ensureEngine } from './engine.ts'
import { say } from './project.mjs'

try {
  await build()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  exit(1)
}
const engine = await ensureEngine()
say(engine.isThere ? 'A container engine answers. Everything is set up: npm start.' : engine.sentence)
