/**
 * `npm run check [-- <paths>]`: every rule about the source. With paths, formatter and linter look at those alone.
 */
import { argv, exit } from 'node:process'
import { printCheck, runChecks } from './checks/run-checks.ts'

const results = await runChecks(argv.slice(2), printCheck)
const failed = results.filter((result) => !result.passed).map((result) => result.name)
console.log(failed.length > 0 ? `Failed: ${failed.join(', ')}.` : 'All checks passed.')
exit(failed.length > 0 ? 1 : 0)
