import { setTimeout as delay } from 'node:timers/promises'
import { FirstRunPage } from '../../e2e/pages/first-run.ts'
import { openDisplay } from '../../e2e/support/display.ts'
import { ElectronShell } from '../../e2e/support/electron-shell.ts'
import { whatIsMissing } from '../../e2e/support/machine.ts'
import { createProfile } from '../../e2e/support/profile.ts'
import { memoryMb, processorMs, treeOf } from '../machine/processes.ts'
import { type Row, valueRow } from '../table.ts'

const LAUNCHES = 5
const SETTLED_MS = 5_000
const IDLE_MS = 10_000

/** The desktop app, from its start to a screen that answers, and what it takes when nothing happens. */
export async function measureApp(): Promise<Row[]> {
  const missing = whatIsMissing('electron')
  if (missing !== undefined) {
    console.log(`left out: ${missing}`)
    return []
  }
  const display = await openDisplay()
  const launches: number[] = []
  const idle: { processors: number; megabytes: number }[] = []
  try {
    for (let round = 0; round < LAUNCHES; round += 1) {
      const { tookMs, rest } = await launch(display.name, round === LAUNCHES - 1)
      launches.push(tookMs)
      if (rest !== undefined) idle.push(rest)
    }
  } finally {
    await display.close()
  }
  const values = (of: (rest: { processors: number; megabytes: number }) => number): number[] => idle.map(of)
  return [
    valueRow({ figure: 'app: launch → interactive', unit: 'ms', goal: { atMost: 1_500 } }, launches),
    valueRow(
      { figure: 'app: processor, idle', unit: '%', goal: { atMost: 0.5 } },
      values(({ processors }) => processors * 100),
    ),
    // No goal: it is stated.
    valueRow(
      { figure: 'app: memory, idle', unit: 'MB', goal: { atMost: Number.POSITIVE_INFINITY } },
      values(({ megabytes }) => megabytes),
    ),
  ]
}

async function launch(
  display: string | undefined,
  isObserved: boolean,
): Promise<{ tookMs: number; rest?: { processors: number; megabytes: number } }> {
  const profile = await createProfile('bench')
  const environment: Record<string, string> = display === undefined ? {} : { DISPLAY: display }
  const began = performance.now()
  const shell = await ElectronShell.start({ profile, environment })
  try {
    await new FirstRunPage(shell.page).create.click({ trial: true })
    const tookMs = performance.now() - began
    return isObserved ? { tookMs, rest: await observe(shell) } : { tookMs }
  } finally {
    await shell.close()
    await profile.remove()
  }
}

async function observe(shell: ElectronShell): Promise<{ processors: number; megabytes: number }> {
  await delay(SETTLED_MS)
  const pids = await treeOf(shell.app.process().pid ?? 0)
  const before = await processorMs(pids)
  await delay(IDLE_MS)
  const processors = ((await processorMs(pids)) - before) / IDLE_MS
  return { processors, megabytes: await memoryMb(pids) }
}
