import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

const words = strings.life

test('what ends a workspace, or stops it, by itself is on the screen before it happens', async ({
  shell,
  api,
  workspaceName: name,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await screen.createWorkspace(name)
  const life = page.getByRole('list', { name: words.title })
  await expect(life).toBeHidden()

  await test.step('an end that is far is in the header, and in the name of the row', async () => {
    await api.workspaces.update({ name, type: 'agent', ttlSeconds: 86_400, idleStopSeconds: 3600 })
    await expect(life).toContainText(/Deleted in 2[34] h, unless it is used/)
    await expect(life).toContainText(words.idleStop(strings.settings.span(3600)))
    await expect(page.getByRole('treeitem', { name: /Deleted in 2[34] h, unless it is used/ })).toBeVisible()
    await look(shell, 'life-of-an-agent-workspace')
  })

  await test.step('one that is near is said above all, and put off by a press', async () => {
    await api.workspaces.update({ name, ttlSeconds: 300, idleStopSeconds: 0 })
    const near = page.getByRole('region', { name: new RegExp(`^${name} is deleted in `) })
    await expect(near).toBeVisible()
    await expect(screen.row(name)).toContainText(/ends in /)
    await look(shell, 'life-near-its-end')
    const before = (await api.workspaces.get({ name })).expiresAt ?? ''
    // Ends that are less than two seconds apart count as the same.
    await expect.poll(() => Date.parse(before) - Date.now()).toBeLessThan(297_000)
    await near.getByRole('button', { name: words.putOff }).press('Enter')
    await expect.poll(async () => (await api.workspaces.get({ name })).expiresAt ?? '').not.toBe(before)
  })

  await test.step('stopping a temporary one asks first, and Enter keeps it', async () => {
    await api.workspaces.update({ name, type: 'temporary' })
    await expect(life).toContainText(words.temporary)
    await screen.button(strings.workspace.stop).click()
    const question = page.getByRole('dialog', { name: /^Stop and delete / })
    await expect(question.getByRole('button', { name: words.keepRunning })).toBeFocused()
    await look(shell, 'stop-temporary')
    await page.keyboard.press('Enter')
    await screen.expectNoDialog()
    await screen.expectRow(name, strings.status.running)
    await screen.button(strings.workspace.stop).click()
    await question.getByRole('button', { name: words.stopAndDelete }).click()
    await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
  })
})

test('one that was kept for its work says so in its row and on its page', async ({
  shell,
  api,
  workspaceName: name,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await screen.createWorkspace(name)
  await api.workspaces.update({ name, type: 'temporary' })
  await screen.terminal.run('echo work > ~/work.txt; echo made-$((1+1))')
  await screen.terminal.expectText(/^made-2$/m)
  await api.workspaces.stop({ name })
  await expect(page.getByText(/was stopped, but it was kept/).first()).toBeVisible()
  await expect(screen.row(name)).toContainText(words.rowNotice.kept)
  await look(shell, 'life-kept')
})
