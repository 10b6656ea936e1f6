import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { SearchBar } from '../pages/search-bar.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

test('inside one terminal, by keys alone: search, links, clipboard and paste', async ({ shell, workspaceName }) => {
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
    await expectAccessible(page, 'the search over a terminal')
    await page.keyboard.type('(')
    await expect(search.outcome).toHaveText(strings.terminals.search.invalid)
    await page.keyboard.press('Escape')
    await expect(search.root).toBeHidden()
    await expect(terminal.root.locator('textarea')).toBeFocused()
  })
  await test.step('links are listed by the keyboard; what is no web address is refused, a path copied', async () => {
    const { links } = strings.terminals
    const dialog = page.getByRole('dialog', { name: links.title })
    await terminal.run(
      `clear; printf 'see https://a.example/x. \\e]8;;javascript:alert(1)\\e\\\\made\\e]8;;\\e\\\\ src/a.ts:3:7 end-%s\\n' of`,
    )
    await terminal.expectText(/^see .* end-of$/m)
    await page.keyboard.press('Control+Shift+Space')
    await page.keyboard.press('h')
    await expect(dialog.getByRole('button', { name: 'https://a.example/x' })).toBeVisible()
    await expectAccessible(page, 'the links of a terminal')
    await dialog.getByRole('button', { name: 'javascript:alert(1)' }).press('Enter')
    await expect(page.getByText(links.refused('javascript:alert(1)')).first()).toBeVisible()
    await expect(terminal.root.locator('textarea')).toBeFocused()
    await page.keyboard.press('Control+Shift+Space')
    await page.keyboard.press('h')
    await dialog.getByRole('button', { name: '/src/a.ts:3:7' }).press('Enter')
    await expect(page.getByText(new RegExp(`^${links.copied('/.+/src/a.ts:3:7')}$`)).first()).toBeVisible()
  })

  await test.step('the pointer sees where a link leads before it is followed', async () => {
    const row = terminal.root.locator('.xterm-rows > div').filter({ hasText: 'end-of' }).last()
    const box = await row.boundingBox()
    if (box === null) throw new Error('the line with the links is not drawn')
    const hint = page.getByText('https://a.example/x', { exact: false }).and(page.getByRole('status'))
    await expect
      .poll(async () => {
        // The emulator looks for links when the pointer comes to a cell.
        await page.mouse.move(box.x + 300, box.y + 40)
        await page.mouse.move(box.x + 80, box.y + box.height / 2)
        return await hint.isVisible()
      })
      .toBe(true)
    await page.mouse.move(0, 0)
    await expect(hint).toBeHidden()
  })

  await test.step('a program sets the clipboard by permission, without the API that plain HTTP lacks', async () => {
    const { clipboard, paste } = strings.terminals
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }))
    await terminal.run(`printf '\\e]52;c;%s\\a' $(printf 'one\\ntwo-2' | base64); printf '\\e]52;c;?\\a'`)
    await expect(page.getByText(clipboard.refused.read)).toBeVisible()
    await page.getByRole('button', { name: strings.common.close, exact: true }).press('Enter')
    await terminal.run(`clear; printf '\\e]52;c;%s\\a' $(printf 'one\\ntwo-2' | base64)`)
    await expect(page.getByText(clipboard.asks(9))).toBeVisible()
    await expectAccessible(page, 'the question about the clipboard')
    await page.getByRole('button', { name: clipboard.allow, exact: true }).press('Enter')
    await expect(terminal.root.locator('textarea')).toBeFocused()

    // `cat` asks for no brackets: the lines would run.
    await terminal.run('clear; cat')
    await terminal.expectText(/^$/m)
    await page.keyboard.press('Control+Shift+V')
    const question = page.getByRole('dialog', { name: paste.title })
    await expect(question.getByText('one\ntwo-2')).toBeVisible()
    await expect(question.getByRole('button', { name: strings.common.cancel })).toBeFocused()
    await look(shell, 'terminal-paste')
    await question.getByRole('button', { name: paste.oneLine }).press('Enter')
    await expect(terminal.root.locator('textarea')).toBeFocused()
    await page.keyboard.press('Enter')
    await terminal.expectText(/^one two-2\none two-2$/m)
    await page.keyboard.press('Control+c')
  })
})

test('inside one terminal, by keys alone: commands, and its text to read', async ({ shell, workspaceName }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const { terminal } = screen
  await screen.createWorkspace(workspaceName)

  await test.step('commands are marked, gone to, and their output selected and pasted', async () => {
    await terminal.run('clear')
    await terminal.run('seq 100 160')
    await terminal.expectText(/^160$/m)
    await terminal.run('(exit 3)')
    await terminal.run('echo last')
    await terminal.expectText(/^last$/m)
    const { failed } = strings.terminals.commands
    await expect(page.getByRole('img', { name: new RegExp(`^${failed(3, undefined)} after`) })).toBeVisible()
    for (let back = 0; back < 3; back += 1) await page.keyboard.press('Control+Shift+ArrowUp')
    await terminal.expectText(/^100$/m)
    await page.keyboard.press('Control+Shift+K')
    await page.keyboard.type(strings.commands.title['select-output'])
    await page.keyboard.press('Enter')
    await expect(terminal.root.locator('textarea')).toBeFocused()
    await page.keyboard.press('Control+Shift+C')
    await page.keyboard.press('Control+Shift+V')
    await terminal.expectText(/^160/m)
    await page.keyboard.press('Control+c')
  })

  await test.step('the text of the terminal is read, searched and gone through by keys', async () => {
    const { reading } = strings.terminals
    await terminal.run('clear')
    await terminal.run('seq 1000 1300')
    await terminal.expectText(/^1300$/m)
    await page.keyboard.press('Control+Shift+Space')
    await page.keyboard.press('a')
    const text = page.getByRole('textbox', { name: reading.text })
    await expect(text).toBeFocused()
    const whole = Array.from({ length: 301 }, (_, index) => `${1000 + index}`).join('\n')
    await expect(text).toHaveValue(new RegExp(`seq 1000 1300\n${whole}\n`))
    await page.getByRole('button', { name: reading.previousCommand }).press('Enter')
    await expect(text).toBeFocused()
    const line = () =>
      text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart).split('\n')[0] ?? '')
    await expect.poll(line).toContain('seq 1000 1300')
    await page.getByRole('searchbox', { name: reading.search }).fill('1234')
    await page.keyboard.press('Enter')
    await expect.poll(line).toBe('1234')
    const mark = page.locator('mark', { hasText: '1234' })
    await expect(mark).toBeInViewport()
    await look(shell, 'terminal-readable')
    await page.keyboard.press('Escape')
    await expect(text).toBeHidden()
    await expect(terminal.root.locator('textarea')).toBeFocused()
  })
})
