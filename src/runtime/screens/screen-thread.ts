import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { readRing } from '../terminals/ring-file.ts'
import { buildScreen } from './build-screen.ts'
import type { ScreenAnswer, ScreenJob } from './screen-job.ts'

const port = parentPort
let last = Promise.resolve()

function answer(message: ScreenAnswer): void {
  port?.postMessage(message)
}

async function work(job: ScreenJob): Promise<void> {
  const { id, saveTo } = job
  try {
    const output = readOutput(job)
    answer({ id, type: 'read' })
    const { offset, screen } = await buildScreen(job, output)
    if (saveTo === undefined) answer({ id, type: 'done', offset, screen })
    else {
      writeFileSync(`${saveTo}.draft`, screen, { mode: 0o600 })
      renameSync(`${saveTo}.draft`, saveTo)
      answer({ id, type: 'done', offset, screen: undefined })
    }
  } catch (error) {
    answer({ id, type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

function readOutput({ ringFile, base, end }: ScreenJob): Buffer {
  const fd = openSync(ringFile, 'r')
  try {
    return readRing(fd, { offset: base.offset, length: end - base.offset })
  } finally {
    closeSync(fd)
  }
}

// One after the other: a screen that is being built takes much memory.
port?.on('message', (job: ScreenJob) => {
  last = last.then(() => work(job))
})
