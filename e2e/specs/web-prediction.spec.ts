import type { Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { LinkProxy } from '../../test/support/link-proxy.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { web } from '../support/web-shell.ts'

const LAYER = '[data-prediction]'
const CTRL_U = 'Control+u'

/** Remembers everything that is drawn over the terminal, from now on. */
async function recordPredictions(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate((selector) => {
    const layer = document.querySelector(selector)
    if (layer === null) throw new Error('The terminal has no layer for predictions.')
    const drawn: string[] = []
    Reflect.set(window, 'drawn', drawn)
    new MutationObserver(() => drawn.push(layer.textContent)).observe(layer, { childList: true })
  }, LAYER)
  return () => page.evaluate((): string[] => Reflect.get(window, 'drawn'))
}

test('keys on a slow link are shown at once, passwords never, and what comes otherwise is taken back', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const { agent } = web(shell)
  await new BerthScreen(page).createWorkspace(workspaceName)
  await using link = await LinkProxy.start(() => agent.port)
  // 150 ms there and back.
  link.delayMs = 75
  await page.goto(`${link.url}/#pair=${await agent.pair()}`)
  const screen = new BerthScreen(page)
  const { terminal } = screen
  await screen.openWorkspace(workspaceName)
  await terminal.waitForPrompt()
  await terminal.run('PS1="> "; clear')
  await terminal.expectText(/^>$/)
  const drawn = await recordPredictions(page)

  await page.keyboard.type('echo foretold', { delay: 40 })
  await terminal.expectText(/^> echo foretold$/)
  await expect(page.locator(LAYER)).toBeEmpty()
  expect((await drawn()).some((text) => text.trim().length >= 2)).toBe(true)

  await page.keyboard.press('Enter')
  await terminal.run('clear; read -s -p "word: " word; echo; echo "got $(echo -n $word | wc -c)"')
  await terminal.expectText(/^word:$/m)
  const before = (await drawn()).length
  await page.keyboard.type('hidden', { delay: 40 })
  await page.keyboard.press('Enter')
  await terminal.expectText(/^got 6$/m)
  expect((await drawn()).slice(before).filter((text) => /[hiden]/.test(text))).toEqual([])

  // After the first key nothing is echoed any more.
  await terminal.run('clear; read -n 1 -p "> " a; stty -echo; sleep 1; stty echo; echo; echo "over $a"')
  await terminal.expectText(/^>$/)
  await page.keyboard.type('xyz')
  await terminal.expectText(/^over x$/m)
  await expect(page.locator(LAYER)).toBeEmpty()
  await page.keyboard.press(CTRL_U)

  await page.goto(`${link.url}/settings`)
  const choice = page.getByRole('group', { name: strings.settings.prediction })
  await choice.getByRole('radio', { name: strings.settings.predictions.off }).check()
  await screen.openWorkspace(workspaceName)
  await terminal.run('clear')
  await terminal.expectText(/^>$/)
  const drawnWhenOff = await recordPredictions(page)
  await page.keyboard.type('echo plain', { delay: 20 })
  await terminal.expectText(/^> echo plain$/)
  expect((await drawnWhenOff()).filter((text) => text !== '')).toEqual([])
})
