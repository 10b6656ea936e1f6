/** `npm run build [-- cli runtime web desktop]`: builds what has changed, of the named parts or of all. */
import { argv, exit } from 'node:process'
import { build } from './build/build.ts'

try {
  await build(argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  exit(1)
}
