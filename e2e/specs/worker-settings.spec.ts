import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { SettingsSection } from '../pages/settings-section.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

const SECRET = 'a-value-that-is-not-to-be-seen-4f2a'
const words = strings.settings

test('a credential is entered by keyboard, stays hidden until it is asked for, and is in the next terminal', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  // Browsers are paired to operate workspaces: what all of them receive is changed on the worker's own computer.
  const mayChange = shell.kind === 'electron'
  await screen.createWorkspace(workspaceName)

  await test.step('found by the palette, entered, and masked', async () => {
    const palette = await screen.openPalette()
    await page.keyboard.type('settings: cred')
    await expect(palette.getByRole('option', { selected: true })).toHaveText(strings.commands.title['show-credentials'])
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: words.credentials })).toBeVisible()
    await page.getByLabel(words.variableName, { exact: true }).focus()
    await page.keyboard.type('1WRONG')
    await page.keyboard.press('Enter')
    await expect(page.getByText(words.variableNameError)).toBeVisible()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('E2E_TOKEN')
    await page.keyboard.press('Tab')
    await page.keyboard.type(SECRET)
    await page.keyboard.press('Enter')
    if (!mayChange) {
      await expect(page.getByRole('alert')).toContainText('admin')
      await expect(page.getByLabel(words.variableValue, { exact: true })).toHaveValue(SECRET)
      await look(shell, 'settings-refused')
      return
    }
    await expect(page.getByText(words.variableSaved('E2E_TOKEN')).first()).toBeVisible()
    await expect(page.getByText('••••••••4f2a')).toBeVisible()
    await expect(page.locator('body')).not.toContainText(SECRET)
    await look(shell, 'settings-credentials')
  })

  await test.step('shown, and hidden again', async () => {
    if (!mayChange) return
    await screen.button(words.showNamed('E2E_TOKEN')).click()
    await expect(page.getByText(SECRET)).toBeVisible()
    await screen.button(words.hideNamed('E2E_TOKEN')).click()
    await expect(page.locator('body')).not.toContainText(SECRET)
  })

  await test.step('a file has a place in workspaces', async () => {
    if (!mayChange) return
    await page.getByLabel(words.fileSource, { exact: true }).fill('~/.berth-e2e-there-is-none')
    await page.getByLabel(words.fileDestination, { exact: true }).fill('~/../x')
    await screen.button(words.addFile).click()
    await expect(page.getByText(words.fileDestinationError)).toBeVisible()
    await page.getByLabel(words.fileDestination, { exact: true }).fill('~/.there-is-none')
    await screen.button(words.addFile).click()
    await expect(page.getByText(words.fileArrow('~/.berth-e2e-there-is-none', '~/.there-is-none'))).toBeVisible()
  })

  await test.step('the other pages', async () => {
    await page.getByRole('link', { name: words.scripts }).click()
    await expect(page.getByLabel(words.scriptFile)).toBeVisible()
    await look(shell, 'settings-scripts')
    await page.getByRole('link', { name: words.templates }).click()
    await expect(page.getByRole('heading', { name: 'base', exact: true })).toBeVisible()
    await look(shell, 'settings-templates')
  })

  await test.step('a new terminal has it, and the workspace’s own goes before it', async () => {
    await screen.openWorkspace(workspaceName)
    await screen.newTerminal()
    await screen.terminal.waitForPrompt()
    await screen.terminal.run('echo "it ends with $(printenv E2E_TOKEN | tail -c 5)"')
    if (mayChange) await screen.terminal.expectText('it ends with 4f2a')
    const settings = new SettingsSection(page)
    await settings.open()
    const here = settings.card(words.environmentHere)
    await here.getByLabel(words.variableName, { exact: true }).fill('E2E_TOKEN')
    await here.getByLabel(words.variableValue, { exact: true }).fill('of-this-one')
    await here.getByRole('button', { name: words.addVariable }).click()
    await expect(here.getByRole('list', { name: words.environmentHere })).toContainText('E2E_TOKEN')
    await screen.openTerminals()
    await screen.newTerminal()
    await screen.terminal.waitForPrompt()
    await screen.terminal.run('echo "it is $E2E_TOKEN"')
    await screen.terminal.expectText('it is of-this-one')
  })

  await test.step('removed, after asking', async () => {
    if (!mayChange) return
    await page.keyboard.press('Shift+Escape')
    await page.keyboard.press('Control+Comma')
    await page.getByRole('link', { name: words.credentials }).click()
    await screen.button(words.removeNamed('E2E_TOKEN')).press('Enter')
    await expect(screen.button(words.keep)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(screen.button(words.removeNamed('E2E_TOKEN'))).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(screen.button(words.keep)).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByText(words.variablesEmpty)).toBeVisible()
    await expect(new SettingsSection(page).card(words.variables).locator(':focus')).toBeVisible()
  })
})
