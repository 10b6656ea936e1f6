import { Buffer } from 'node:buffer'
import type { Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

const words = strings.terminals.upload

/** Files that hang over the page, as those of a file manager do. */
const dragged = (page: Page, files: readonly { name: string; text: string }[]) =>
  page.evaluateHandle((named) => {
    const transfer = new DataTransfer()
    for (const { name, text } of named) transfer.items.add(new File([text], name))
    return transfer
  }, files)

test('files that are dropped on a terminal are in the workspace, their paths at the prompt', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const { terminal } = screen
  await screen.createWorkspace(workspaceName)
  const frame = page.locator('.terminal-frame').filter({ visible: true }).first()

  await test.step('the terminal says that it takes them, and no longer when they go away', async () => {
    const dataTransfer = await dragged(page, [{ name: 'a b.txt', text: '' }])
    await expect
      .poll(async () => {
        await frame.dispatchEvent('dragover', { dataTransfer })
        return await page.getByText(words.drop).isVisible()
      })
      .toBe(true)
    await expectAccessible(page, 'a terminal that files hang over')
    await frame.dispatchEvent('dragleave', { dataTransfer })
    await expect(page.getByText(words.drop)).toBeHidden()
  })
  await test.step('paths are quoted and typed in the order of the files, without Enter', async () => {
    // Short, so that the paths fit into the line.
    await terminal.run("PS1='$ '; clear")
    // What is typed before the shell asks for it stands before its prompt.
    await terminal.expectText(/^\$\s*$/)
    await page.keyboard.type('cat ')
    const dataTransfer = await dragged(page, [
      { name: 'my notes.txt', text: 'first-of-two\n' },
      { name: 'plain.txt', text: 'second-of-two\n' },
    ])
    await frame.dispatchEvent('drop', { dataTransfer })
    await terminal.expectText(/^\$ cat '\/\S+\/my notes\.txt' \/\S+\/plain\.txt$/m)
    expect(await terminal.text()).not.toContain('first-of-two')
    await expect(terminal.input).toBeFocused()
    await page.keyboard.press('Enter')
    await terminal.expectText(/^first-of-two\nsecond-of-two$/m)
    await expect(page.getByRole('list', { name: words.list })).toBeHidden()
  })
  await test.step('a folder is refused with words, until they are dismissed', async () => {
    await page.evaluate(() => {
      // What a script drops is never a folder.
      const folder = { isDirectory: true, name: 'src' }
      Object.assign(DataTransferItem.prototype, { webkitGetAsEntry: () => folder })
    })
    const dataTransfer = await dragged(page, [{ name: 'src', text: '' }])
    await frame.dispatchEvent('drop', { dataTransfer })
    await expect(page.getByText(words.folderHint)).toBeVisible()
    await expectAccessible(page, 'an upload that failed')
    await page.getByRole('button', { name: words.dismissNamed('src') }).click()
    await expect(page.getByText(words.folderHint)).toBeHidden()
    await expect(terminal.input).toBeFocused()
    await page.evaluate(() => {
      Object.assign(DataTransferItem.prototype, { webkitGetAsEntry: () => null })
    })
  })
  await test.step('what is dropped elsewhere leaves the page as it is', async () => {
    const isRefused = await page.evaluate(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'x.txt'))
      return !document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    expect(isRefused).toBe(true)
  })
  await test.step('a command asks for files, for those who have no pointer', async () => {
    await terminal.run('clear')
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Control+Shift+K')
    await page.keyboard.type(strings.commands.title['upload-files'])
    await page.keyboard.press('Enter')
    const files = await chooser
    expect(files.isMultiple()).toBe(true)
    await files.setFiles({ name: 'chosen.txt', mimeType: 'text/plain', buffer: Buffer.from('chosen\n') })
    await terminal.expectText(/\/\S+\/chosen\.txt/)
  })
})
