import { readFile } from 'node:fs/promises'
import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { LogSection } from '../pages/log-section.ts'
import { StatsSection } from '../pages/stats-section.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

test('what a workspace uses and prints is seen as it happens', async ({ shell, workspaceName }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const stats = new StatsSection(page)
  const log = new LogSection(page)
  await screen.createWorkspace(workspaceName)

  await test.step('stats are live, as charts and as a table', async () => {
    await stats.open()
    for (const title of [strings.stats.cpu, strings.stats.memory, strings.stats.network, strings.stats.processes])
      await expect(stats.chart(title)).toBeVisible({ timeout: 30_000 })
    await expect(stats.root).toContainText(strings.stats.live)
    await expect(stats.root).toContainText(strings.stats.home, { timeout: 60_000 })
    await look(shell, 'stats')
    await page.getByText(strings.stats.table, { exact: true }).click()
    await expect(stats.root.getByRole('row').nth(2)).toBeVisible({ timeout: 30_000 })
    await look(shell, 'stats-table')
  })

  await test.step('the log goes on by itself', async () => {
    await screen.openTerminals()
    const print =
      'for i in $(seq 1 300); do echo "GET /health $i"; done | sudo tee /proc/1/fd/1 >/dev/null; echo said-$((1+1))'
    await screen.terminal.run(print)
    await screen.terminal.expectText('said-2')
    await log.open()
    await expect(log.lines.filter({ hasText: 'GET /health 300' })).toBeVisible()
    await expect(log.follow).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('text is found by the keyboard alone, and following is let go for it', async () => {
    await page.keyboard.press('Control+Shift+F')
    await expect(log.find).toBeFocused()
    await page.keyboard.type('health 15')
    await page.keyboard.press('Enter')
    await expect(page.getByText(strings.logs.found(1, 11), { exact: true })).toBeVisible()
    await expect(log.lines.filter({ hasText: /health 15$/ })).toBeVisible()
    await expect(log.follow).toHaveCount(0)
    await look(shell, 'logs-found')
    await log.source.selectOption({ label: strings.logs.source.setup })
    await expect(log.lines.filter({ hasText: 'image done in' })).toBeVisible()
    await expect(log.lines.filter({ hasText: 'GET /health' })).toHaveCount(0)
  })

  await test.step('it can be kept as a file', async () => {
    await log.source.selectOption({ label: strings.logs.allSources })
    if (shell.kind === 'electron') return
    const [download] = await Promise.all([page.waitForEvent('download'), screen.button(strings.logs.download).click()])
    expect(download.suggestedFilename()).toBe(`${workspaceName}.log`)
    expect(await readFile(await download.path(), 'utf8')).toContain('container GET /health 300\n')
  })

  await test.step('a workspace that stops leaves its last figures, marked as such', async () => {
    await stats.open()
    await expect(stats.chart(strings.stats.cpu)).toBeVisible({ timeout: 30_000 })
    await screen.button(strings.workspace.stop).click()
    await screen.expectRow(workspaceName, strings.status.stopped)
    await expect(stats.root.getByText(/^As of /)).toBeVisible()
    await log.open()
    await page.getByRole('tab', { name: strings.stats.section, exact: true }).click()
    await expect(page.getByText(strings.stats.notRunningBody)).toBeVisible()
    await look(shell, 'stats-empty')
  })
})
