import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { web } from '../support/web-shell.ts'

test('a browser that is not paired is asked for a code, and let in by the right one alone', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await expect(screen.firstRun.heading).toBeVisible()
  // A browser that has lost what it knew, or another one.
  await page.evaluate(() => localStorage.clear())
  await page.goto(web(shell).agent.url)
  const code = page.getByLabel(strings.connection.code)
  await expect(code).toBeVisible()
  await look(shell, 'pairing')

  await code.fill('AAAA-AAAA')
  await page.getByRole('button', { name: strings.connection.pair, exact: true }).click()
  await expect(page.getByText(strings.connection.pairRefused)).toBeVisible()
  await look(shell, 'pairing-refused')

  const pairing = await web(shell).agent.pair()
  // As people type: small letters, spaces for dashes.
  await code.fill(pairing.toLowerCase().replace('-', ' '))
  await page.getByRole('button', { name: strings.connection.pair, exact: true }).click()
  await expect(screen.firstRun.heading).toBeVisible()
  expect(page.url()).not.toContain(pairing)

  await test.step('a page that came over plain HTTP from another computer lacks parts of the platform, and works', async () => {
    await page.addInitScript(() => {
      Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined })
      Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })
    })
    await page.reload()
    await screen.createWorkspace(workspaceName)
    await screen.terminal.run('echo sum-$((1+1))')
    await screen.terminal.expectText(/^sum-2$/m)
  })
})
