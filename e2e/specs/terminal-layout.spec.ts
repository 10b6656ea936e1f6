import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { TerminalGrid } from '../pages/terminal-grid.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

const { title } = strings.commands

test('terminals are split, sized, zoomed and moved by keys alone, and are found again as they were', async ({
  shell,
  workspaceName,
}) => {
  const screen = new BerthScreen(shell.page)
  await screen.createWorkspace(workspaceName)
  const grid = new TerminalGrid(shell.page)
  await grid.mark('one')
  await grid.lead('d')
  await grid.mark('two')
  await grid.lead('e')
  await grid.mark('three')
  await grid.expectMarks('one', 'two', 'three')
  await expect(grid.current.input).toHaveAccessibleName(new RegExp(`^Terminal 3 of 3, .*${workspaceName} on `))

  await shell.page.keyboard.press('Alt+Shift+ArrowUp')
  await expect(grid.at(1).input).toBeFocused()
  await shell.page.keyboard.press('Alt+Shift+ArrowLeft')
  await expect(grid.at(0).input).toBeFocused()

  // The edge beside the terminal: arrow keys move it, Enter goes back.
  const edge = shell.page.getByRole('separator', { name: /^Between/ }).first()
  await grid.lead('r')
  await expect(edge).toBeFocused()
  await expect(edge).toHaveAttribute('aria-valuenow', '50')
  for (let steps = 0; steps < 5; steps += 1) await shell.page.keyboard.press('ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuenow', '60')
  await shell.page.keyboard.press('Enter')
  await expect(grid.at(0).input).toBeFocused()

  await shell.page.keyboard.press('Control+Shift+Enter')
  await grid.expectMarks('one')
  await shell.page.keyboard.press('Control+Shift+Enter')
  await grid.expectMarks('one', 'two', 'three')
  await expect(grid.at(0).input).toBeFocused()

  await grid.command(title['move-terminal-right'])
  await grid.expectMarks('two', 'one', 'three')
  await expect(grid.at(1).input).toBeFocused()
  await look(shell, 'terminal-splits')

  await shell.page.reload()
  await grid.expectMarks('two', 'one', 'three')
  await expect(edge).toHaveAttribute('aria-valuenow', '60')
  await expect(grid.at(1).input).toBeFocused()

  await shell.reopen()
  const again = new TerminalGrid(shell.page)
  await new BerthScreen(shell.page).openWorkspace(workspaceName)
  await again.expectMarks('two', 'one', 'three')
  await expect(again.at(1).input).toBeFocused()

  await again.command(title['move-terminal-to-new-tab'])
  await again.expectMarks('one')
  await again.command(title['previous-terminal'])
  await again.expectMarks('two', 'three')
})

test('a closed terminal can be opened again, run on in the background, be called by a name, and be moved by the pointer', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await screen.createWorkspace(workspaceName)
  const grid = new TerminalGrid(page)
  const tabs = screen.terminalTabs()
  await grid.mark('one')
  await grid.lead('t')
  await grid.mark('two')

  // Kept running: it is in no tab, and in the list of those in the background, also after a reload.
  await grid.lead('w')
  await screen.button(strings.terminals.keepRunning).click()
  await expect(tabs).toHaveCount(1)
  await expect(grid.current.input).toBeFocused()
  await page.reload()
  await grid.expectMarks('one')
  const background = page.getByRole('button', { name: strings.terminals.background(1) })
  await background.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await expectAccessible(page, 'terminals in the background')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('menuitem', { name: strings.terminals.openBeside })).toBeVisible()
  await page.getByRole('menuitem', { name: strings.terminals.openBeside }).click()
  await grid.expectMarks('one', 'two')
  await expect(grid.current.input).toBeFocused()
  await expect(background).toBeHidden()

  // Ended by mistake: there is time to take it back.
  await grid.lead('w')
  await screen.button(strings.terminals.endIt).click()
  await grid.expectMarks('one')
  await grid.lead('u')
  await grid.expectMarks('one', 'two')

  // A name, by F2 on the tab.
  await page.keyboard.press('Shift+Escape')
  await expect(tabs.first()).toBeFocused()
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: strings.terminals.renameLabel })).toBeFocused()
  await page.keyboard.type('builds')
  await page.keyboard.press('Enter')
  await expect(tabs.first()).toHaveAccessibleName(`1 builds, ${strings.terminals.inTab(2)}`)
  await expect(grid.current.input).toHaveAccessibleName(/^Terminal 2 of 2, builds, /)

  // By the pointer: a terminal above another, the line between them, a tab of its own, and a tab before another.
  await grid.heads.last().dragTo(grid.panes.first(), { targetPosition: { x: 200, y: 5 } })
  await grid.expectMarks('two', 'one')
  const before = await grid.panes.first().boundingBox()
  await grid.dividers.hover()
  await page.mouse.down()
  await page.mouse.move(700, 300, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await grid.panes.first().boundingBox())?.height).toBeLessThan(before?.height ?? 0)
  await grid.heads.first().dragTo(screen.button(strings.terminals.new))
  await expect(tabs).toHaveCount(2)
  await grid.expectMarks('two')
  await tabs.last().dragTo(tabs.first(), { targetPosition: { x: 5, y: 10 } })
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true')
})
