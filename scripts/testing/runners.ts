import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execPath } from 'node:process'
import { PROJECT_FOLDER } from '../setup/project.mjs'
import { COUNTS_FILE_VARIABLE, type Counts, readCounts } from './counts.ts'

export interface RunnerCommand {
  /** A script of the project, and its arguments. */
  args: readonly string[]
  /** A runner that has not ended by then hangs: it is killed, and that is a failure. */
  limitMinutes: number
  env?: Readonly<Record<string, string>>
}

/** Runs a test runner on this terminal and returns what its reporter counted. A run that broke off, or ran nothing, failed. */
export async function runTests(command: RunnerCommand): Promise<Counts> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-counts-'))
  const file = path.join(folder, 'counts.json')
  try {
    const code = await runInForeground({ ...command, env: { ...command.env, [COUNTS_FILE_VARIABLE]: file } })
    const counts = (await readCounts(file)) ?? { passed: 0, failed: 0, skipped: [] }
    const ran = counts.passed + counts.failed
    if (ran === 0 && counts.skipped.length === 0) console.error('Not one test ran.')
    if (counts.failed === 0 && (ran === 0 || code !== 0)) return { ...counts, failed: 1 }
    return counts
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runInForeground({ args, env, limitMinutes }: RunnerCommand): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(execPath, args, {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    const limit = setTimeout(() => {
      console.error(`The tests did not end in ${limitMinutes} minutes.`)
      child.kill('SIGKILL')
    }, limitMinutes * 60_000)
    child.once('error', reject)
    // Not `close`: what the tests left behind may hold this terminal open.
    child.once('exit', (code) => {
      clearTimeout(limit)
      resolve(code ?? 1)
    })
  })
}
