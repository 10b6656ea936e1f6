import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

test('one click makes a workspace, and its files outlive everything but its deletion', async ({ shell, engine }) => {
  const screen = new BerthScreen(shell.page)

  await expect(screen.firstRun.heading).toBeVisible()
  await screen.firstRun.create.click()
  const name = await screen.nameOfRunningWorkspace()

  // The keyboard is in the terminal: nothing needs to be clicked first.
  await screen.terminal.waitForPrompt()
  await shell.page.keyboard.type('echo "berth-$((6*7))" | tee ~/kept.txt')
  await shell.page.keyboard.press('Enter')
  await screen.terminal.expectText(/^berth-42$/m)
  await screen.terminal.run('pwd -P; id -un; ls -d /workspace/.')
  await screen.terminal.expectText(/^\/home\/workspace\/workspace$/m)

  await expect
    .poll(() => engine.belongings())
    .toMatchObject({ containers: [`/workspace-${name}`], volumes: [`workspace-${name}-home`] })

  await screen.button(strings.workspace.stop).click()
  await screen.expectRow(name, strings.status.stopped)
  // What the terminal showed last stays to be read, now and in its tab after the next start.
  const strip = shell.page.getByRole('region', { name: strings.terminals.notRunning(name) })
  await expect(strip).toContainText(strings.terminals.lastScreens)
  await expect(shell.page.getByRole('region', { name: /^Ended with its workspace at / })).toBeVisible()
  await screen.terminal.expectText(/^berth-42$/m)
  await look(shell, 'last-screens')
  // A window that is opened now has it as well: the worker reads it out of the container.
  await shell.page.reload()
  await expect(strip).toContainText(strings.terminals.lastScreens)
  await screen.terminal.expectText(/^berth-42$/m)
  await expect(shell.page.getByRole('region', { name: /^Ended with its workspace at / })).toBeVisible()

  await screen.button(strings.workspace.start).first().click()
  await screen.expectRow(name, strings.status.running)
  const tabs = shell.page.getByRole('tab', { name: /^\d/ })
  await expect(tabs).toHaveCount(2)
  await expect(tabs.first()).toHaveAccessibleName(new RegExp(`, ${strings.terminals.over}$`))
  await expect(tabs.last()).not.toHaveAccessibleName(new RegExp(`, ${strings.terminals.over}$`))
  await look(shell, 'ended-tab')
  await tabs.first().click()
  await screen.terminal.expectText(/^berth-42$/m)
  await expect(screen.button(strings.terminals.restart)).toBeVisible()
  await tabs.last().click()
  await screen.terminal.waitForPrompt()
  await screen.terminal.run('cat ~/kept.txt')
  await screen.terminal.expectText(/^berth-42$/m)

  await screen.openDeleteDialog(name)
  await expect(screen.deleteDialog.keep).toBeFocused()
  await expect(screen.deleteDialog.root).toContainText(strings.deletion.reason.untracked(1))
  await screen.deleteDialog.dismiss()

  await screen.terminal.run('rm ~/kept.txt; echo removed-$((1+1))')
  await screen.terminal.expectText('removed-2')
  await screen.openDeleteDialog(name)
  await expect(screen.deleteDialog.root).toContainText(strings.deletion.clean)
  await screen.deleteDialog.remove.click()
  await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => engine.belongings()).toEqual({ containers: [], volumes: [], ports: [] })
})

test('work that exists nowhere else is named, and deleted only when its name is typed', async ({
  shell,
  engine,
  workspaceName,
}) => {
  const screen = new BerthScreen(shell.page)
  await screen.createWorkspace(workspaceName)
  await screen.terminal.run('git init -q app && cd app && echo 1 > a.txt && echo made-$((1+1))')
  await screen.terminal.expectText('made-2')

  await screen.openDeleteDialog(workspaceName)
  await expect(screen.deleteDialog.root).toContainText(strings.deletion.notClean)
  await expect(screen.deleteDialog.root).toContainText(strings.deletion.reason.untracked(1))
  await screen.deleteDialog.removeAnyway.click({ force: true })
  await expect(screen.deleteDialog.root).toBeVisible()
  await screen.deleteDialog.dismiss()
  await expect.poll(() => engine.containers()).toEqual([`/workspace-${workspaceName}`])

  await screen.openDeleteDialog(workspaceName)
  await screen.deleteDialog.typeName(workspaceName)
  await screen.deleteDialog.removeAnyway.click()
  await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => engine.belongings()).toEqual({ containers: [], volumes: [], ports: [] })
})
