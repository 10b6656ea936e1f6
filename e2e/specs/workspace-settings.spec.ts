import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { SettingsSection } from '../pages/settings-section.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

test('what is kept of a workspace is changed where it is shown, and a slip stays to be mended', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const settings = new SettingsSection(page)
  await screen.createWorkspace(workspaceName)

  await test.step('limits, by the keyboard alone', async () => {
    await settings.open()
    const cpus = settings.card(strings.settings.limits).getByLabel(strings.settings.limit.cpus)
    await cpus.focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('many')
    await page.keyboard.press('Enter')
    await expect(cpus).toBeFocused()
    await expect(page.getByText(strings.settings.limitError.cpus)).toBeVisible()
    await look(shell, 'workspace-settings-error')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('0.5')
    await page.keyboard.press('Enter')
    await expect(settings.card(strings.settings.limits).getByText(strings.settings.saved)).toBeVisible()
    await expect(cpus).toHaveValue('0.5')
  })

  await test.step('a title, and what stops it by itself', async () => {
    await settings.card(strings.settings.nameSection).getByLabel(strings.settings.titleLabel).fill('The API')
    await settings.save(strings.settings.nameSection)
    const script = settings.card(strings.settings.startScript)
    await script.getByLabel(strings.settings.scriptLines).fill('echo started > ~/started')
    await script.getByRole('button', { name: strings.settings.save, exact: true }).click()
    await expect(script.getByText(strings.settings.scriptSaved)).toBeVisible()
    const life = settings.card(strings.settings.life)
    await life.getByLabel(strings.settings.idleStop).selectOption({ label: strings.settings.span(3600) })
    await settings.save(strings.settings.life)
    await look(shell, 'workspace-settings')
  })

  await test.step('all of it is there after a reload, and deletion begins here as elsewhere', async () => {
    await page.reload()
    await expect(page.getByLabel(strings.settings.titleLabel)).toHaveValue('The API')
    await expect(page.getByLabel(strings.settings.limit.cpus)).toHaveValue('0.5')
    await expect(page.getByLabel(strings.settings.scriptLines)).toHaveValue('echo started > ~/started')
    await expect(page.getByLabel(strings.settings.idleStop)).toHaveValue('3600')
    await screen.button(strings.settings.rebuildAsk).click()
    await expect(screen.button(strings.settings.rebuildKeep)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(screen.button(strings.settings.rebuildAsk)).toBeFocused()
    await page.keyboard.press('Enter')
    await screen.button(strings.settings.rebuildNow).click()
    await expect(page.getByText(strings.settings.rebuilt(workspaceName)).first()).toBeVisible({ timeout: 90_000 })
    await screen.button(strings.settings.deleteWorkspace(workspaceName)).click()
    await expect(screen.deleteDialog.keep).toBeFocused()
  })
})
