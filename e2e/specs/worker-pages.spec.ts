import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { SettingsSection } from '../pages/settings-section.ts'
import { desktop } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { web } from '../support/web-shell.ts'

const settingsWords = strings.workerSettings
const words = strings.access

test('settings of the worker are saved where they are shown, and those who may not change them are told so', async ({
  shell,
  api,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const section = new SettingsSection(page)
  await screen.expectReady()
  await page.keyboard.press('Control+Comma')
  await page.getByRole('link', { name: settingsWords.title, exact: true }).click()
  const pools = section.card(settingsWords.pools)
  const custom = pools.getByLabel(settingsWords.field.custom)
  await expect(custom).toHaveValue(/^\d+-\d+$/)
  await custom.fill('9100-9000')
  await custom.press('Enter')
  await expect(custom).toBeFocused()
  await expect(pools).toContainText(settingsWords.error.ports)
  await look(shell, 'settings-worker-error')
  await custom.fill('9000-9100')
  await custom.press('Enter')
  if (shell.kind === 'web') {
    // Browsers are paired to use workspaces.
    await expect(pools.getByRole('alert')).toContainText('admin')
    await expect(custom).toHaveValue('9000-9100')
    return
  }
  await expect(pools.getByText(strings.settings.saved, { exact: true })).toBeVisible()
  await expect.poll(async () => (await api.config.settings.get()).ports.custom).toEqual([9000, 9100])

  const engineCard = section.card(settingsWords.engine)
  await engineCard.getByLabel(settingsWords.field.runtimeAddress).selectOption('published')
  await section.save(settingsWords.engine)
  await expect(engineCard).toContainText(settingsWords.afterRestart)
  await custom.fill('')
  await section.save(settingsWords.pools)
  await expect(custom).not.toHaveValue('')
  await look(shell, 'settings-worker')
})

test('whoever administers a worker lets others in for what they choose, and out again', async ({ shell, api }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await screen.expectReady()
  await page.keyboard.press('Control+Comma')
  await page.getByRole('link', { name: words.title, exact: true }).click()

  if (shell.kind === 'electron') {
    // The app's own agent opens no port: a code for it would lead nowhere.
    await expect(page.getByText(words.unreachable)).toBeVisible()
    await expect(page.getByRole('button', { name: words.makeCode })).toHaveCount(0)
    await look(shell, 'settings-access')
    expect(desktop(shell).kind).toBe('electron')
    return
  }

  await expect(page.getByText(/admin/).first()).toBeVisible()
  await look(shell, 'settings-access-refused')
  const { code: adminCode } = await api.clients.pair({ scope: 'admin' })
  await page.evaluate(() => localStorage.clear())
  await page.goto(`${web(shell).agent.url}/settings/access#pair=${adminCode}`)
  await screen.expectReady()
  const list = page.getByRole('list', { name: words.clients })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.getByText(words.isThis)).toHaveCount(1)

  await page.getByLabel(words.mayDo).selectOption('read')
  await page.getByRole('button', { name: words.makeCode }).click()
  const shown = page.getByRole('main').locator('code')
  await expect(shown).toHaveText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  await look(shell, 'settings-access')
  const code = await shown.textContent()
  const answer = await fetch(`${web(shell).agent.url}/pair`, {
    method: 'POST',
    body: JSON.stringify({ code, name: 'wall screen' }),
  })
  expect(answer.status).toBe(200)
  await expect(page.getByText(words.pairedNow('wall screen')).first()).toBeVisible()
  await expect(list.getByRole('listitem').filter({ hasText: 'wall screen' })).toContainText(words.scopes.read)

  await page.getByRole('button', { name: words.revokeNamed('wall screen') }).click()
  await expect(page.getByRole('button', { name: words.keep, exact: true })).toBeFocused()
  await page.getByRole('button', { name: words.revokeNow, exact: true }).click()
  await expect(list).not.toContainText('wall screen')
  await expect(new SettingsSection(page).card(words.clients).locator(':focus')).toBeVisible()
  await expect.poll(async () => (await api.clients.list()).length).toBe(2)

  // A program gets a token that is told once, and the log says who made it; neither is in what is kept.
  const tokens = new SettingsSection(page).card(words.tokens)
  await tokens.getByRole('button', { name: words.makeToken }).click()
  await expect(tokens.getByText(words.tokenNameError)).toBeVisible()
  await tokens.getByLabel(words.tokenName).fill('nightly build')
  await tokens.getByLabel(words.tokenDays).fill('30')
  await tokens.getByRole('button', { name: words.makeToken }).click()
  await expect(tokens.getByText(words.tokenOf('nightly build'))).toBeVisible()
  const token = await tokens.locator('code').textContent()
  await expect(list.getByRole('listitem').filter({ hasText: 'nightly build' })).toContainText(words.kinds.token)
  const log = new SettingsSection(page).card(words.audit)
  await log.getByRole('button', { name: words.auditAnew }).click()
  await expect(log.getByRole('row').filter({ hasText: 'nightly build' })).toContainText('clients.addToken')
  await expect(log.getByRole('row').filter({ hasText: 'clients.revoke' }).first()).toContainText(words.outcome.done)
  await look(shell, 'settings-access-token')
  await tokens.getByRole('button', { name: words.tokenKept }).click()
  await expect(page.locator('body')).not.toContainText(token ?? words.tokenOnce)
})
