import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { TroubledEngine } from '../support/troubled-engine.ts'

let engineInFront: TroubledEngine | undefined

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from here
  environment: async ({}, use) => {
    engineInFront = await TroubledEngine.start('slow')
    await use({ DOCKER_HOST: `unix://${engineInFront.socketPath}` })
    await engineInFront.close()
  },
})

test('a creation goes on in the background, or in view, and leaves the keyboard where it is', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const { createDialog, terminal } = screen
  const behind = `${workspaceName}-b`
  const watched = `${workspaceName}-c`
  engineInFront?.recover()
  await screen.createWorkspace(workspaceName)
  const input = terminal.root.locator('textarea')
  await terminal.focus()

  await test.step('in the background: the dialog goes, the terminal keeps the keyboard', async () => {
    engineInFront?.hold()
    await page.keyboard.press('Control+Shift+Space')
    await page.keyboard.press('n')
    await expect(createDialog.root).toBeVisible()
    await expect(createDialog.root.getByText(/^Usually ready in \d/)).toBeVisible()
    await createDialog.fill({ name: behind })
    await look(shell, 'create-dialog-filled')
    await createDialog.submitInBackground.click()
    await screen.expectNoDialog()
    await screen.expectRow(behind, strings.workspace.creating)
    await expect(screen.row(behind)).toContainText(/step \d of \d/)
    await expect(page.getByRole('heading', { level: 1, name: workspaceName, exact: true })).toBeVisible()
    await expect(input).toBeFocused()
  })

  await test.step('its end is told, and one press leads there', async () => {
    engineInFront?.recover()
    const open = page.getByRole('button', { name: strings.creation.openNamed(behind) })
    await expect(open).toBeVisible({ timeout: 60_000 })
    await expect(input).toBeFocused()
    await page.keyboard.type('echo still-$((1+1))')
    await page.keyboard.press('Enter')
    await terminal.expectText(/^still-2$/m)
    await screen.expectRow(behind, strings.status.running)
  })

  await test.step('kept in view: seen on every page until it has ended', async () => {
    engineInFront?.hold()
    await screen.openCreateDialog()
    await createDialog.fill({ name: watched })
    await createDialog.submit.click()
    await expect(page.getByRole('region', { name: new RegExp(`^${watched} on `) })).toBeVisible()
    await expect(page.getByText(/^Usually \d/)).toBeVisible()
    await screen.button(strings.creation.keepInView).click()
    await look(shell, 'creating-kept-in-view')
    await screen.openWorkspace(workspaceName)
    const dock = page.getByRole('list', { name: strings.creation.kept })
    await expect(dock).toContainText(watched)
    await look(shell, 'creation-dock')
    await dock
      .getByRole('button', { name: new RegExp(watched) })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1, name: watched })).toBeVisible()
    await expect(dock).toBeHidden()
    engineInFront?.recover()
    await screen.expectRow(watched, strings.status.running)
  })
})

test('what was typed outlives leaving the dialog by its address, and not a discard', async ({ shell }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const { createDialog } = screen
  await expect(screen.firstRun.heading).toBeVisible()
  await screen.openCreateDialog()
  await createDialog.repository.fill('github.com/acme/api')
  await page.goBack()
  await screen.expectNoDialog()
  await screen.openCreateDialog()
  await expect(createDialog.repository).toHaveValue('github.com/acme/api')
  await page.keyboard.press('Escape')
  await screen.button(strings.create.discard).click()
  await screen.expectNoDialog()
  await screen.openCreateDialog()
  await expect(createDialog.repository).toHaveValue('')
})
