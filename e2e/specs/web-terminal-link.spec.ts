import type { Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { LinkProxy } from '../../test/support/link-proxy.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { TerminalGrid } from '../pages/terminal-grid.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { web } from '../support/web-shell.ts'

const words = strings.terminals.link

/** The columns and rows of the terminal, as its shell tells them; undefined until it does. */
async function sizeTold({ terminal }: BerthScreen, mark: string): Promise<string | undefined> {
  await terminal.run(`clear; echo ${mark}-$(stty size | tr ' ' x)-`)
  const told = new RegExp(`^${mark}-(\\d+x\\d+)-`, 'm')
  await terminal.expectText(told)
  return told.exec(await terminal.text())?.[1]
}

const details = (page: Page) => page.getByRole('dialog', { name: words.title })

/** A value of the figures of the connection. */
const figure = (page: Page, name: keyof typeof words.rows) =>
  details(page).locator(`dt:text-is("${words.rows[name]}") + dd`)

async function leaveDetails(page: Page): Promise<void> {
  await expect(details(page).getByRole('button', { name: strings.common.close })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(details(page)).toBeHidden()
}

test('a terminal tells of a slow link, of other screens, and of a link that is gone, and comes back', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const { agent } = web(shell)
  await new BerthScreen(page).createWorkspace(workspaceName)
  const link = await LinkProxy.start(() => agent.port)
  try {
    await page.clock.install()
    await page.goto(`${link.url}/#pair=${await agent.pair()}`)
    const screen = new BerthScreen(page)
    const grid = new TerminalGrid(page)
    await screen.openWorkspace(workspaceName)
    await screen.terminal.waitForPrompt()
    const badge = page.getByRole('button', { name: /Show the connection$/ })
    const said = page.getByRole('status')

    await test.step('slow: a word in the pane, figures by the keyboard, said once', async () => {
      await expect(badge).toBeHidden()
      link.delayMs = 300
      await expect(badge).toHaveAccessibleName(words.badge(words.slow))
      await expect(said.filter({ hasText: words.said.slow })).toBeAttached()
      await grid.command(strings.commands.title['show-connection'])
      await expect(figure(page, 'state')).toHaveText(words.state.slow)
      await expect(figure(page, 'roundTrip')).toHaveText(/^[4-9]\d\d ms$/)
      await expect(figure(page, 'screens')).toHaveText(words.alone)
      await look(shell, 'terminal-connection')
      await leaveDetails(page)
      await expect(screen.terminal.input).toBeFocused()
      link.delayMs = 0
      await expect(badge).toBeHidden()
    })

    await test.step('two screens of other sizes: the smaller counts, until one wants its own', async () => {
      await page.setViewportSize({ width: 1280, height: 800 })
      const wide = await sizeTold(screen, 'wide')
      const other = await page.context().newPage()
      await other.setViewportSize({ width: 900, height: 500 })
      await other.goto(link.url)
      const second = new BerthScreen(other)
      await second.openWorkspace(workspaceName)
      await second.terminal.expectText(`wide-${wide ?? ''}-`)
      const sized = page.getByRole('region', { name: /^Sized by another screen/ })
      await expect(sized).toBeVisible()
      await expect(badge).toHaveAccessibleName(words.badge(words.screens(2)))
      const narrow = await sizeTold(second, 'narrow')
      expect(narrow).not.toBe(wide)
      await screen.terminal.expectText(`narrow-${narrow ?? ''}-`)
      await expectAccessible(page, 'a terminal on two screens')
      // A program asks what the terminal is, and takes one answer: another would be typed into the shell.
      await second.terminal.run("clear; printf '\\033[c'; read -rsd c; echo asked-$((40+2)); read -t 1; echo [$REPLY]")
      await screen.terminal.expectText(/^asked-42\n\[\]$/m)
      await sized.getByRole('button', { name: strings.terminals.useMySize }).press('Enter')
      await expect(sized).toBeHidden()
      await expect(screen.terminal.input).toBeFocused()
      await expect(other.getByRole('region', { name: /^Sized by another screen/ })).toBeVisible()
      await expect.poll(() => sizeTold(screen, 'claimed')).toBe(wide)
      await other.close()
      await expect(badge).toBeHidden()
    })

    await test.step('gone: it says so, and after ten minutes waits for a word', async () => {
      link.cut()
      const strip = page.getByRole('region', { name: strings.terminals.link.reconnecting })
      await expect(strip).toBeVisible()
      await screen.terminal.focus()
      await page.keyboard.type('ab')
      await expect(strip.getByText(strings.terminals.held(2))).toBeVisible()
      await page.clock.fastForward('11:00')
      const offline = page.getByRole('region', { name: /^Offline for 1\d min\./ })
      await expect(offline).toBeVisible()
      await grid.command(strings.commands.title['show-connection'])
      await expect(figure(page, 'state')).toHaveText(/^Offline since /)
      await leaveDetails(page)
      await look(shell, 'terminal-offline')
      link.mend()
      await offline.getByRole('button', { name: strings.common.tryNow }).press('Enter')
      await expect(offline).toBeHidden()
      await page.getByRole('button', { name: strings.terminals.discard, exact: true }).press('Enter')
      await expect(screen.terminal.input).toBeFocused()
      await screen.terminal.run('clear; echo back-$((40+2))')
      await screen.terminal.expectText(/^back-42$/m)
    })
  } finally {
    await link[Symbol.asyncDispose]()
  }
})
