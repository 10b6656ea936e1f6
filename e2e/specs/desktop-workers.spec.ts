import type { Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { AddWorkerDialog } from '../pages/add-worker-dialog.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { SettingsSection } from '../pages/settings-section.ts'
import { desktop } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { RemoteWorker } from '../support/remote-worker.ts'

const words = strings.addWorker
const LABEL = 'atlas'

/** Backing off takes its time on a machine that is busy with other tests. */
const RETURN_LIMIT_MS = 90_000

/** A port where nothing listens, and that no system gives out by itself. */
const DEAF_PORT = 1

/** How long the last switch took from the press to its frame, in ms. */
function lastSwitchMs(page: Page): Promise<number | undefined> {
  return page.evaluate(() => performance.getEntriesByName('berth:switch-worker').at(-1)?.duration)
}

test('another computer is a worker: added by keys, away, back, revoked, paired again, renamed and removed', async ({
  shell,
  workspaceName,
}, testInfo) => {
  // The whole life of a worker, with its views looked at in two themes.
  test.slow()
  const { page } = shell
  await using cleanUp = new AsyncDisposableStack()
  const remote = cleanUp.adopt(await RemoteWorker.start(), (worker) => worker.remove())
  const screen = new BerthScreen(page)
  const dialog = new AddWorkerDialog(page)
  const [here, there] = [`${workspaceName}-a`, `${workspaceName}-b`]
  await screen.createWorkspace(here)
  await screen.terminal.run('echo here-$((1+1))')
  await screen.terminal.expectText(/^here-2$/m)

  await test.step('a link fills the form in and does nothing else', async () => {
    await desktop(shell).app.evaluate(
      ({ app }, link) => app.emit('second-instance', {}, ['berth', link]),
      `berth://pair?host=${encodeURIComponent(remote.address)}&code=ABCD2345`,
    )
    await expect(dialog.root.getByText(words.fromLink)).toBeVisible()
    await expect(dialog.host).toHaveValue(remote.address)
    await expect(dialog.code).toHaveValue('ABCD2345')
    await look(shell, 'add-worker-link')
    await dialog.root.getByRole('button', { name: strings.common.close }).click()
    await screen.expectNoDialog()
    await expect(page.getByRole('treeitem', { level: 1 })).toHaveCount(1)
  })

  await test.step('what is at an address is looked at first, and the hop that failed is named', async () => {
    await dialog.open()
    await look(shell, 'add-worker-tailnet')
    await page.keyboard.press('ArrowRight')
    await expect(dialog.tab('address')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog.host).toBeVisible()
    await page.keyboard.press('Tab')
    await dialog.lookAt(`127.0.0.1:${DEAF_PORT}`)
    await expect(dialog.root.getByRole('alert')).toContainText(words.unreached.port)
    await expect(dialog.host).toBeFocused()
    await look(shell, 'add-worker-unreached')
  })

  await test.step('a code that is wrong changes nothing; the right one adds the worker, by keys alone', async () => {
    await dialog.lookAt(remote.address)
    await expect(dialog.root.getByText(words.foundTitle(remote.address))).toBeVisible()
    await look(shell, 'add-worker-found')
    await page.keyboard.press('Tab')
    await expect(dialog.code).toBeFocused()
    await page.keyboard.type('AAAA-AAAA')
    await page.keyboard.press('Enter')
    await expect(dialog.code).toHaveAttribute('aria-invalid', 'true')
    await expect(dialog.code).toBeFocused()
    await look(shell, 'add-worker-refused')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type((await remote.pair()).toLowerCase().replace('-', ' '))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect(dialog.root.getByRole('textbox', { name: words.label })).toBeFocused()
    await page.keyboard.type(LABEL)
    await page.keyboard.press('Enter')
    await expect(dialog.root).toBeHidden()
    await expect(screen.liveWorker(LABEL)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: strings.create.firstTitle })).toBeVisible()
  })

  await test.step('a workspace is made there, and one key goes to the other worker and back', async () => {
    await screen.createWorkspace(there)
    await screen.terminal.run('echo there-$((1+1))')
    await screen.terminal.expectText(/^there-2$/m)
    await page.keyboard.press('Control+Shift+O')
    await expect(page.getByRole('heading', { level: 1, name: here, exact: true })).toBeVisible()
    await expect(screen.terminal.input).toBeFocused()
    await page.keyboard.type('echo typed-$((2+2))')
    await page.keyboard.press('Enter')
    await screen.terminal.expectText(/^typed-4$/m)
    await page.keyboard.press('Control+Shift+O')
    await expect(page.getByRole('heading', { level: 1, name: there, exact: true })).toBeVisible()
    await expect(screen.terminal.input).toBeFocused()
    await screen.terminal.expectText(/^there-2$/m)
    await expect.poll(() => lastSwitchMs(page)).toBeGreaterThan(0)
    const tookMs = await lastSwitchMs(page)
    testInfo.annotations.push({ type: 'switch worker', description: `${tookMs?.toFixed(1)} ms` })
    await look(shell, 'two-workers')
  })

  await test.step('a choice in the menu of a row opens no other workspace', async () => {
    await screen.row(here).click({ button: 'right' })
    await page.getByRole('menuitem', { name: strings.creation.copyDiagnostics }).click()
    await expect(page.getByText(strings.creation.diagnosticsCopied).first()).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: there, exact: true })).toBeVisible()
    await expect(screen.row(there)).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('the sidebar shows one worker alone, and all again', async () => {
    await screen.button(strings.workers.allWorkers).click()
    await page.getByRole('menuitemradio', { name: LABEL }).click()
    await expect(screen.row(here)).toHaveCount(0)
    await expect(screen.row(there)).toBeVisible()
    await page.getByRole('button', { name: LABEL, exact: true }).first().click()
    await page.getByRole('menuitemradio', { name: strings.workers.allWorkers }).click()
    await expect(screen.row(here)).toBeVisible()
  })

  await test.step('a worker that goes away takes along its own rows and nothing else', async () => {
    await remote.kill()
    await expect(screen.row(there, strings.status.unreachable)).toBeVisible()
    await expect(page.getByRole('treeitem', { name: new RegExp(`^${LABEL}, last seen`) })).toBeVisible()
    await expect(screen.row(here, strings.status.running)).toBeVisible()
    await expect(page.getByRole('main').getByRole('button', { name: strings.common.tryNow }).first()).toBeVisible()
    await screen.expectNoDialog()
    await look(shell, 'worker-away')
    await page.keyboard.press('Control+Shift+O')
    await expect(page.getByRole('heading', { level: 1, name: here, exact: true })).toBeVisible()
    await screen.terminal.run('echo goes-$((3+3))-on')
    await screen.terminal.expectText(/^goes-6-on$/m)
  })

  await test.step('its rows are there after a restart of the app, as they were last', async () => {
    await shell.reopen()
    const again = new BerthScreen(shell.page)
    const kept = shell.page.getByRole('treeitem', {
      name: new RegExp(`^${there}, .*${strings.workers.wasWord.running}`),
    })
    await expect(kept).toBeVisible()
    await again.expectRow(here, strings.status.running)
    await kept.click()
    await expect(shell.page.getByRole('main').getByRole('button', { name: strings.common.tryNow })).toBeVisible()
    await look(shell, 'worker-away-after-restart')
  })

  await test.step('it comes back by itself', async () => {
    await remote.comeBack()
    const row = new BerthScreen(shell.page).row(there, strings.status.running)
    await expect(row).toBeVisible({ timeout: RETURN_LIMIT_MS })
    await expect(shell.page.getByRole('heading', { level: 1, name: there, exact: true })).toBeVisible()
  })

  await test.step('one that was revoked asks for a new code, and is there again', async () => {
    await remote.revokeAll()
    await expect(new BerthScreen(shell.page).worker(LABEL, strings.workers.notPaired)).toBeVisible()
    await expect(shell.page.getByRole('heading', { name: strings.connection.pairTitle(LABEL) })).toBeVisible()
    await look(shell, 'worker-revoked')
    const code = shell.page.getByRole('textbox', { name: strings.connection.code })
    await code.fill(await remote.pair())
    await code.press('Enter')
    await expect(new BerthScreen(shell.page).liveWorker(LABEL)).toBeVisible()
    await new BerthScreen(shell.page).expectRow(there, strings.status.running)
  })

  await test.step('its page says what it is; it is renamed, and removed without touching what is on it', async () => {
    const about = strings.workerAbout
    await new BerthScreen(shell.page).worker(LABEL).focus()
    await shell.page.keyboard.press('Shift+F10')
    await shell.page.getByRole('menuitem', { name: strings.workers.settings }).click()
    await expect(shell.page.getByText(words.path.loopback)).toBeVisible()
    await look(shell, 'worker-about')
    const section = new SettingsSection(shell.page)
    await section.card(about.name).getByRole('textbox').fill('studio')
    await section.card(about.name).getByRole('button', { name: strings.settings.save }).click()
    await expect(new BerthScreen(shell.page).liveWorker('studio')).toBeVisible()
    await section.card(about.remove).getByRole('button', { name: about.removeStart }).click()
    await expect(section.card(about.remove).getByRole('button', { name: strings.access.keep })).toBeFocused()
    await section.card(about.remove).getByRole('button', { name: about.removeNow, exact: true }).click()
    await expect(new BerthScreen(shell.page).worker('studio')).toHaveCount(0)
    await new BerthScreen(shell.page).expectRow(here, strings.status.running)
  })
})
