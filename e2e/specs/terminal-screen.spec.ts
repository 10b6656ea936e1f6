import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { SearchBar } from '../pages/search-bar.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

test('inside one terminal, by keys alone: search', async ({ shell, workspaceName }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const { terminal } = screen
  await screen.createWorkspace(workspaceName)

  await test.step('search finds, counts, narrows and gives the keyboard back', async () => {
    const search = new SearchBar(page)
    await terminal.run('clear; for i in $(seq 1 41); do echo "Apple $i pineapple"; done; echo all-$((40+2))')
    await terminal.expectText(/^all-42$/m)
    await page.keyboard.press('Control+Shift+F')
    await expect(search.box).toBeFocused()
    await page.keyboard.type('Apple')
    await expect(search.outcome).toHaveText(strings.terminals.search.found(82, 82))
    await search.option('caseSensitive').press('Enter')
    await expect(search.outcome).toHaveText(strings.terminals.search.found(41, 41))
    await search.box.press('Control+a')
    await page.keyboard.type('Apple 1')
    await search.option('wholeWord').press('Enter')
    await expect(search.outcome).toHaveText(strings.terminals.search.found(1, 1))
    await search.option('wholeWord').press('Enter')
    await search.option('regex').press('Enter')
    await search.box.press('Control+a')
    await page.keyboard.type('^Apple [34]\\d')
    await expect(search.outcome).toHaveText(strings.terminals.search.found(12, 12))
    await page.keyboard.press('Enter')
    await expect(search.outcome).toHaveText(strings.terminals.search.found(1, 12))
    await page.keyboard.press('Shift+F3')
    await expect(search.outcome).toHaveText(strings.terminals.search.found(12, 12))
    await look(shell, 'terminal-search')
    await page.keyboard.type('(')
    await expect(search.outcome).toHaveText(strings.terminals.search.invalid)
    await page.keyboard.press('Escape')
    await expect(search.root).toBeHidden()
    await expect(terminal.root.locator('textarea')).toBeFocused()
  })
})
