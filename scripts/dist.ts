/**
 * `npm run dist [-- <target> …]`: packs the app for this computer's platform. Without names, every target that
 * `electron-builder.yml` has for it; one that this system cannot make is said, and fails only where it was named.
 */
import { argv, exit } from 'node:process'
import { makeTargets } from './packaging/make-targets.ts'

try {
  exit((await makeTargets(argv.slice(2))) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  exit(1)
}
