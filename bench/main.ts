/**
 * `npm run bench [-- open echo …]`: the figures of the main job, each beside a peer in the same run, as ratios of medians.
 * Prints a table and writes everything that was measured to `bench/results/`. Judges nothing: these machines are noisy.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { argv } from 'node:process'
import { build } from '../scripts/build/build.ts'
import { startAgent } from './berth/agent.ts'
import { chooseFigures } from './figures/figures.ts'
import { prepareSubject } from './subject.ts'
import { type Row, renderTable, toRow } from './table.ts'

await build(['runtime', 'cli'])
const agent = await startAgent()
try {
  const subject = await prepareSubject(agent)
  try {
    const rows: Row[] = []
    for (const figure of chooseFigures(subject, argv.slice(2))) {
      console.log(`measuring ${figure.name}, beside ${figure.peer} …`)
      rows.push(toRow(figure, await figure.measure()))
    }
    console.log(`\n${renderTable(rows)}`)
    console.log(`\nWritten to ${await keep(rows)}`)
  } finally {
    await subject.remove()
  }
} finally {
  await agent.end()
}

async function keep(rows: readonly Row[]): Promise<string> {
  const folder = path.join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const at = new Date().toISOString()
  const file = path.join(folder, `${at.replaceAll(':', '-')}-${randomUUID().slice(0, 4)}.json`)
  const machine = { cpus: os.cpus().length, model: os.cpus()[0]?.model, node: process.version }
  await writeFile(file, `${JSON.stringify({ at, machine, rows }, undefined, 2)}\n`)
  return path.relative(process.cwd(), file)
}
