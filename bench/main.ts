/**
 * `npm run bench [-- --soak] [open echo …]`: the figures of the project's goals, as medians, beside peers in the same run
 * where there are any. Prints a table and writes everything that was measured to `bench/results/`. Judges nothing: machines
 * are noisy. A figure that cannot be measured is told and left out.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../scripts/build/build.ts'
import { startAgent } from './berth/agent.ts'
import { chooseFigures } from './figures/figures.ts'
import { prepareSubject } from './subject.ts'
import { type Row, renderTable } from './table.ts'

const USAGE = `Usage: npm run bench -- [--soak] [figure …]

Measures the figures whose names begin with one of the words, or all of them; --soak adds those that take minutes.
Figures: create open echo flood throughput stall tail left crowd list agent runtime app workers`

const { values, positionals } = readArguments()
await build([])
const agent = await startAgent()
try {
  const subject = await prepareSubject(agent)
  try {
    const rows: Row[] = []
    for (const { name, measure } of chooseFigures(subject, { names: positionals, withSoaks: values.soak === true })) {
      console.log(`measuring: ${name} …`)
      rows.push(...(await measure().catch(leaveOut)))
    }
    console.log(`\n${renderTable(rows)}`)
    console.log(`\nWritten to ${await keep(rows)}`)
  } finally {
    await subject.remove()
  }
} finally {
  await agent.end()
}

/** What was asked for. Help ends the program, and so does what is not understood. */
function readArguments(): { values: { soak?: boolean }; positionals: string[] } {
  const options = { soak: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (values.help !== true) return { values, positionals }
    console.log(USAGE)
    process.exit(0)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    process.exit(2)
  }
}

function leaveOut(error: unknown): Row[] {
  console.error('left out:', error)
  process.exitCode = 1
  return []
}

async function keep(rows: readonly Row[]): Promise<string> {
  const folder = path.join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const at = new Date().toISOString()
  const file = path.join(folder, `${at.replaceAll(':', '-')}-${randomUUID().slice(0, 4)}.json`)
  const machine = { cpus: os.cpus().length, model: os.cpus()[0]?.model, load: os.loadavg(), node: process.version }
  await writeFile(file, `${JSON.stringify({ at, machine, rows }, undefined, 2)}\n`)
  return path.relative(process.cwd(), file)
}
