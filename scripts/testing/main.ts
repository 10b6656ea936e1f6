/**
 * The second half of `npm test [-- check unit …]`, under the pinned Node: finds what the tests need, runs every stage (or
 * those whose names begin so), counts.
 */
import { argv, env, exit } from 'node:process'
import { type Counts, sum, summarise } from './counts.ts'
import { meetRequirements, type Requirements } from './requirements.ts'
import { STAGES, type Stage } from './stages.ts'

const wanted = argv.slice(2)
const stages = STAGES.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))
const requirements = await meetRequirements()
const all: Counts[] = []
const names: string[] = []
for (const stage of stages) {
  const counts = await runStage(stage, requirements)
  all.push(counts)
  names.push(stage.name)
  if (counts.failed > 0) break
}
const left = stages.slice(names.length).map(({ name }) => name)
if (left.length > 0) console.log(`Not run, because ${names.at(-1)} failed: ${left.join(', ')}.`)
const { lines, passed } = summarise(sum(all), env['CI'] !== 'true')
console.log(lines.join('\n'))
exit(passed ? 0 : 1)

async function runStage({ name, run }: Stage, found: Requirements): Promise<Counts> {
  console.log(`\n== ${name}`)
  const began = performance.now()
  const counts = await run(found).catch((error: unknown): Counts => {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, skipped: [] }
  })
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`== ${name}: ${counts.failed > 0 ? 'FAILED' : 'ok'} (${seconds} s)\n`)
  return counts
}
