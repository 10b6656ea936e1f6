import { expect, type Page } from '@playwright/test'
import { AddWorkerDialog } from '../../e2e/pages/add-worker-dialog.ts'
import { BerthScreen } from '../../e2e/pages/berth-screen.ts'
import { openDisplay } from '../../e2e/support/display.ts'
import { ElectronShell } from '../../e2e/support/electron-shell.ts'
import { whatIsMissing } from '../../e2e/support/machine.ts'
import { createProfile } from '../../e2e/support/profile.ts'
import { strings } from '../../src/renderer/strings/index.ts'
import { type BenchedAgent, startAgent } from '../berth/agent.ts'
import { writeStoppedWorkspaces } from '../berth/stopped-workspaces.ts'
import { memoryMb, treeOf } from '../machine/processes.ts'
import { type Row, valueRow } from '../table.ts'

const WORKERS = 20
const WORKSPACES_EACH = 50
const SWITCHES = 30
const LAUNCHES = 3
const ROWS_LIMIT_MS = 60_000
const STATED = { atMost: Number.POSITIVE_INFINITY }

/** The desktop app with twenty workers of fifty workspaces each: its launch, its memory, and the switch between two of them. */
export async function measureWorkers(): Promise<Row[]> {
  const missing = whatIsMissing('electron')
  if (missing !== undefined) {
    console.log(`left out: ${missing}`)
    return []
  }
  await using cleanUp = new AsyncDisposableStack()
  const agents: BenchedAgent[] = []
  for (let index = 0; index < WORKERS; index += 1) {
    const prepare = (configDir: string): Promise<void> =>
      writeStoppedWorkspaces(configDir, { count: WORKSPACES_EACH, prefix: `${labelOf(index)}-row` })
    agents.push(cleanUp.adopt(await startAgent({ prepare }), (agent) => agent.end()))
  }
  const profile = cleanUp.adopt(await createProfile('bench'), (made) => made.remove())
  const display = cleanUp.adopt(await openDisplay(), (opened) => opened.close())
  const environment: Record<string, string> = display.name === undefined ? {} : { DISPLAY: display.name }
  const shell = cleanUp.adopt(await ElectronShell.start({ profile, environment }), (app) => app.close())
  await new BerthScreen(shell.page).expectReady()
  for (const [index, agent] of agents.entries()) await addWorker(shell.page, { agent, label: labelOf(index) })
  const launches: number[] = []
  for (let round = 0; round < LAUNCHES; round += 1) launches.push(await relaunch(shell))
  const switches = await switchBetween(shell.page)
  const memory = await memoryMb(await treeOf(shell.app.process().pid ?? 0))
  const title = `app, ${WORKERS} workers × ${WORKSPACES_EACH}`
  return [
    valueRow({ figure: 'switch worker: key → painted', unit: 'ms', goal: { atMost: 50 } }, switches),
    // No goals: they are stated.
    valueRow({ figure: `${title}: launch → last row`, unit: 'ms', goal: STATED }, launches),
    valueRow({ figure: `${title}: memory`, unit: 'MB', goal: STATED }, [memory]),
  ]
}

/** Names that sort as they are numbered. */
function labelOf(index: number): string {
  return `w${String(index).padStart(2, '0')}`
}

/** As a person would: by the palette, an address, a code and a name. */
async function addWorker(page: Page, { agent, label }: { agent: BenchedAgent; label: string }): Promise<void> {
  const dialog = new AddWorkerDialog(page)
  const palette = await new BerthScreen(page).openPalette()
  await page.keyboard.type('>add worker')
  const command = palette.getByRole('option', { name: strings.commands.title['add-worker'] })
  await expect(command).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await dialog.tab('address').click()
  await dialog.host.fill(new URL(agent.address).host)
  await dialog.host.press('Enter')
  await dialog.code.fill(await agent.pairingCode())
  await dialog.root.getByRole('textbox', { name: strings.addWorker.label }).fill(label)
  await dialog.add.click()
  await expect(dialog.root).toBeHidden()
}

/** Milliseconds from the launch until the end of the list shows the last worker's rows as they are there now. */
async function relaunch(shell: ElectronShell): Promise<number> {
  await shell.close()
  const began = performance.now()
  await shell.reopen()
  const { page } = shell
  await page.getByRole('treeitem').first().focus()
  const last = page.getByRole('treeitem', { name: rowOf(labelOf(WORKERS - 1)) })
  await expect(async () => {
    await page.keyboard.press('End')
    expect(await last.count()).toBeGreaterThan(0)
  }).toPass({ intervals: [10], timeout: ROWS_LIMIT_MS })
  return performance.now() - began
}

/** Milliseconds of each switch between the first worker and the last, as the page measures them: from the key to the frame. */
async function switchBetween(page: Page): Promise<number[]> {
  await openRow(page, { label: labelOf(0), endOfList: 'Home' })
  await openRow(page, { label: labelOf(WORKERS - 1), endOfList: 'End' })
  const measured = (): Promise<number[]> =>
    page.evaluate(() => performance.getEntriesByName('berth:switch-worker').map(({ duration }) => duration))
  for (let round = 1; round <= SWITCHES; round += 1) {
    await page.keyboard.press('Control+Shift+O')
    await expect.poll(async () => (await measured()).length, { intervals: [50] }).toBe(round)
  }
  return await measured()
}

async function openRow(page: Page, { label, endOfList }: { label: string; endOfList: 'Home' | 'End' }): Promise<void> {
  await page.getByRole('treeitem').first().focus()
  await page.keyboard.press(endOfList)
  await page
    .getByRole('treeitem', { name: rowOf(label) })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^${label}-row`) })).toBeVisible()
}

/** A workspace's row as its worker tells it now: the engine knows none of these containers. */
function rowOf(label: string): RegExp {
  return new RegExp(`^${label}-row-\\d+, ${strings.status.failed}`)
}
