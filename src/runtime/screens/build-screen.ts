import { readFileSync } from 'node:fs'
import { Screen } from './screen.ts'
import type { ScreenJob } from './screen-job.ts'

/** Builds the screen that `job` asks for, of `output`: the bytes from its base to its end. */
export async function buildScreen(job: ScreenJob, output: Uint8Array): Promise<{ offset: number; screen: Buffer }> {
  const { base, end, sizes } = job
  const [first, ...later] = sizes
  if (first === undefined) throw new Error('A screen has a size.')
  const screen = new Screen(first)
  try {
    if (base.stateFile !== undefined) await screen.restore(readFileSync(base.stateFile))
    if (base.modes !== '') await screen.restore(Buffer.from(base.modes))
    let { offset } = base
    for (const size of later) {
      offset = await screen.feed(output.subarray(offset - base.offset, size.offset - base.offset), offset)
      screen.resize(size)
    }
    offset = await screen.feed(output.subarray(offset - base.offset, end - base.offset), offset)
    return { offset, screen: screen.serialize() }
  } finally {
    screen.dispose()
  }
}
