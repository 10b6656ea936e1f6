import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { PROJECT_FOLDER } from '../setup/project.mjs'
import { runTool, type ToolResult } from '../tool.ts'
import { readDuplicates } from './duplicates.ts'

export interface Check {
  name: string
  run: (paths: readonly string[]) => Promise<ToolResult>
}

/** How one check ended. */
export interface CheckResult {
  name: string
  seconds: number
  passed: boolean
  output: string
}

/** Two at a time: these machines have few cores, and types and linter are both hungry. */
const AT_ONCE = 2

const CHECKS: readonly Check[] = [
  {
    name: 'format',
    run: (paths) => runTool('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', ...paths]),
  },
  { name: 'types', run: () => runTool('node_modules/typescript/bin/tsc', ['-b', '--pretty', 'false']) },
  {
    name: 'lint',
    run: (paths) =>
      runTool('node_modules/eslint/bin/eslint.js', ['--max-warnings', '0', ...lintCache(), ...orAll(paths)]),
  },
  { name: 'imports', run: checkImports },
  { name: 'dead code', run: () => runTool('node_modules/knip/bin/knip.js', ['--no-progress']) },
  { name: 'duplicates', run: checkDuplicates },
]

/** Files that have not changed are not read again while one works. A rule may know their imports: CI reads all. */
function lintCache(): readonly string[] {
  if (process.env['CI'] === 'true') return []
  return ['--cache', '--cache-location', '.cache/eslint', '--cache-strategy', 'content']
}

function orAll(paths: readonly string[]): readonly string[] {
  return paths.length > 0 ? paths : ['.']
}

/** Held against `.dependency-cruiser.cjs`. */
function checkImports(): Promise<ToolResult> {
  const folders = ['src', 'test', 'e2e', 'bench', 'scripts'].filter((name) =>
    existsSync(path.join(PROJECT_FOLDER, name)),
  )
  const tool = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'
  return runTool(tool, ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', ...folders])
}

/** `.jscpd.json` says from what size on two places that say the same are one too many. */
async function checkDuplicates(): Promise<ToolResult> {
  const folder = path.join(PROJECT_FOLDER, '.cache/duplicates')
  await rm(folder, { recursive: true, force: true })
  const tool = 'node_modules/jscpd/bin/jscpd'
  const run = await runTool(tool, ['--reporters', 'json', '--output', folder, '--silent', 'src', 'scripts', 'bench'])
  const report = path.join(folder, 'jscpd-report.json')
  if (!existsSync(report)) return run
  const found = await readDuplicates(report)
  return { code: found.length > 0 ? 1 : 0, output: found.join('\n') }
}

/** One line for a check, and what it says where it failed. */
export function printCheck({ name, seconds, passed, output }: CheckResult): void {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
  if (!passed) console.log(`\n${output.trim()}\n`)
}

/**
 * Runs every check and hands each result to `report` as it comes. With `paths`, formatter and linter look at those
 * alone; what must be seen whole (types, imports, dead code, duplicates) is checked whole.
 */
export async function runChecks(
  paths: readonly string[],
  report: (result: CheckResult) => void,
  checks: readonly Check[] = CHECKS,
): Promise<CheckResult[]> {
  const waiting = [...checks]
  const results: CheckResult[] = []
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const began = performance.now()
      const { code, output } = await check.run(paths)
      const result = { name: check.name, seconds: (performance.now() - began) / 1000, passed: code === 0, output }
      results.push(result)
      report(result)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
