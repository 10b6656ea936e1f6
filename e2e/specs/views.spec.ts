import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

test('every view without a workspace is accessible in both themes', async ({ shell }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await expect(screen.firstRun.heading).toBeVisible()
  await look(shell, 'first-run')

  await screen.openCreateDialog()
  await screen.createDialog.name.fill('Not A Name')
  await screen.createDialog.submit.click()
  await expect(page.getByText(strings.create.nameShape)).toBeVisible()
  await look(shell, 'create-dialog-error')
  await screen.createDialog.name.fill('my-api')
  await page.getByText(strings.create.resources, { exact: true }).click()
  await page.getByText(strings.create.advanced, { exact: true }).click()
  await screen.createDialog.repository.fill('github.com/acme/api')
  await look(shell, 'create-dialog')
  await page.keyboard.press('Escape')
  await expect(page.getByText(strings.create.discardTitle)).toBeVisible()
  await look(shell, 'create-dialog-discard')
  await screen.button(strings.create.discard).click()
  await screen.expectNoDialog()

  await screen.openPalette()
  await look(shell, 'palette')
  await page.keyboard.press('Escape')
  await screen.expectNoDialog()

  await screen.openLeader()
  await look(shell, 'leader')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: strings.commands.helpTitle })).toBeVisible()
  await look(shell, 'shortcuts')
  await page.keyboard.press('Escape')
  await screen.expectNoDialog()

  await page.keyboard.press('Control+Comma')
  await expect(page.getByRole('heading', { name: strings.settings.title })).toBeVisible()
  await look(shell, 'appearance')

  await page.evaluate(() => {
    history.pushState({}, '', '/w/local/there-is-none')
    dispatchEvent(new PopStateEvent('popstate'))
  })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await look(shell, 'workspace-gone')
})

test('every view of a workspace is accessible in both themes', async ({ shell, workspaceName }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await screen.createWorkspace(workspaceName)
  await screen.terminal.run(
    "printf '\\e[1;32m%s\\e[0m \\e[34m%s\\e[0m\\n' 'Every piece of work' 'its own computer'; ls -la ~",
  )
  await screen.terminal.expectText('its own computer')
  await look(shell, 'workspace')

  await screen.newTerminal()
  await screen.terminal.waitForPrompt()
  await screen.terminal.run('exit 3')
  await expect(page.getByText(strings.terminals.exited(3)).first()).toBeVisible()
  await look(shell, 'terminal-ended')

  await screen.button(strings.workspace.more).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look(shell, 'workspace-menu')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()

  await screen.openDeleteDialog(workspaceName)
  await expect(screen.deleteDialog.root).toContainText(strings.deletion.clean)
  await look(shell, 'delete-clean')
  await screen.deleteDialog.dismiss()

  await screen.openTerminals()
  await screen.selectTerminal(0)
  await screen.terminal.run('git init -q app && touch app/a app/b && echo made-$((1+1))')
  await screen.terminal.expectText('made-2')
  await screen.openDeleteDialog(workspaceName)
  await expect(screen.deleteDialog.root).toContainText(strings.deletion.notClean)
  await look(shell, 'delete-unsaved-work')
  await screen.deleteDialog.dismiss()

  await screen.button(strings.workspace.stop).click()
  await screen.expectRow(workspaceName, strings.status.stopped)
  await look(shell, 'workspace-stopped')
})
