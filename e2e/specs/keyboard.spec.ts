import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { pressUntilFocused } from '../support/press-until-focused.ts'

test('from the first start to the deletion with keys alone', async ({ shell, engine }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await expect(screen.firstRun.heading).toBeVisible()
  await pressUntilFocused(page, 'Tab', screen.firstRun.create)
  await page.keyboard.press('Enter')
  const name = await screen.nameOfRunningWorkspace()

  // The keyboard is in the terminal by itself, and Tab goes to the shell.
  await screen.terminal.waitForPrompt()
  await expect(screen.terminal.root.locator('textarea')).toBeFocused()
  await page.keyboard.type('echo key')
  await page.keyboard.type('s-$((1+1))')
  await page.keyboard.press('Enter')
  await screen.terminal.expectText(/^keys-2$/m)
  await page.keyboard.press('Tab')
  await expect(screen.terminal.root.locator('textarea')).toBeFocused()

  // Control letters are the shell's: Ctrl+W takes back a word, Ctrl+U the line.
  await page.keyboard.type('echo wrong word')
  await page.keyboard.press('Control+w')
  await page.keyboard.type('right')
  await page.keyboard.press('Enter')
  await screen.terminal.expectText(/^wrong right$/m)

  // The terminal is no trap: Shift+Escape leaves it to its tab.
  await page.keyboard.press('Shift+Escape')
  await expect(screen.terminalTabs().first()).toBeFocused()

  // From the tab back over the regions to the sidebar, and down to the workspace.
  await pressUntilFocused(page, 'Shift+F6', screen.page.getByRole('tree').locator('[tabindex="0"]'))
  await pressUntilFocused(page, 'ArrowDown', screen.row(name))
  // With the sidebar hidden the keyboard goes on in the terminal; shown again, it is left where it is.
  await page.keyboard.press('Control+Shift+B')
  await expect(screen.row(name)).toBeHidden()
  await expect(screen.terminal.input).toBeFocused()
  await page.keyboard.press('Control+Shift+B')
  await expect(screen.row(name)).toBeVisible()
  await expect(screen.terminal.input).toBeFocused()
  await screen.row(name).focus()
  await page.keyboard.press('Delete')
  await expect(screen.deleteDialog.root).toBeVisible()
  await expect(screen.deleteDialog.keep).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(screen.deleteDialog.root).toBeHidden()
  await expect.poll(() => engine.containers()).toEqual([`/workspace-${name}`])

  await expect(screen.row(name)).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(screen.deleteDialog.remove).toBeEnabled()
  await pressUntilFocused(page, 'Tab', screen.deleteDialog.remove)
  await page.keyboard.press('Enter')
  await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => engine.belongings()).toEqual({ containers: [], volumes: [], ports: [] })
})

test('the palette finds every command, and the leader key stands in for chords', async ({ shell }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await expect(screen.firstRun.heading).toBeVisible()
  const palette = await screen.openPalette()
  await page.keyboard.type('>new work')
  await expect(palette.getByRole('option', { name: new RegExp(strings.commands.title['new-workspace']) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(screen.createDialog.root).toBeVisible()
  // What has the focus shows its name, and that takes no Escape from the dialog.
  await screen.createDialog.root.getByRole('button', { name: strings.common.close }).focus()
  await expect(page.getByRole('tooltip')).toHaveText(strings.common.close)
  await page.keyboard.press('Escape')
  await screen.expectNoDialog()

  await screen.openLeader()
  await page.keyboard.press('n')
  await expect(screen.createDialog.root).toBeVisible()

  // What was typed is not lost to Escape without a question.
  await expect(screen.createDialog.name).not.toHaveValue('')
  await screen.createDialog.name.press('End')
  await page.keyboard.type('-typed')
  await page.keyboard.press('Escape')
  await expect(page.getByText(strings.create.discardTitle)).toBeVisible()
})
