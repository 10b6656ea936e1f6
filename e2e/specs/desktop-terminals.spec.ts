import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { TerminalGrid } from '../pages/terminal-grid.ts'
import { expectAccessible } from '../support/axe.ts'
import { desktop } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { localAgent } from '../support/local-agent.ts'

const LINES = 600

/** What iTerm2 exports, as far as it counts here: a colour is three shares of light. */
function itermColours(background: readonly [red: number, green: number, blue: number]): string {
  const colour = (name: string, [red, green, blue]: readonly [number, number, number]): string =>
    `<key>${name} Color</key><dict><key>Red Component</key><real>${red}</real><key>Green Component</key><real>${green}</real><key>Blue Component</key><real>${blue}</real></dict>`
  const white = [1, 1, 1] as const
  return [
    '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>',
    ...Array.from({ length: 16 }, (_, index) => colour(`Ansi ${index}`, white)),
    colour('Background', background),
    colour('Foreground', white),
    colour('Cursor', white),
    colour('Selection', [0, 0, 1]),
    '</dict></plist>',
  ].join('')
}

test('a kill -9 of the app in mid-output loses no line and doubles none; the terminals of others are found and gone to', async ({
  shell,
  profile,
  workspaceName,
}) => {
  const before = new BerthScreen(shell.page)
  await before.createWorkspace(workspaceName)

  await test.step('the app is killed and started again: the same terminal, every line once', async () => {
    await before.terminal.run(
      `export MARK=kept; clear; for i in $(seq 1 ${LINES}); do echo line-$i-end; sleep 0.02; done; echo all-$((1+1))-done`,
    )
    await before.terminal.expectText(/^line-\d\d+-end$/m)
    await desktop(shell).killApp()
    const after = new BerthScreen(shell.page)
    await after.openWorkspace(workspaceName)
    const { terminal } = after
    await terminal.expectText(/^all-2-done$/m, 120_000)
    const lines = (await terminal.history()).filter((line) => /^line-\d+-end$/.test(line))
    expect(lines).toEqual(Array.from({ length: LINES }, (_, index) => `line-${index + 1}-end`))
    await terminal.run('clear; echo still-$MARK')
    await terminal.expectText(/^still-kept$/m)
  })

  const { page } = shell
  const screen = new BerthScreen(page)
  const { terminal } = screen

  await test.step('a terminal that somebody else opened is in the background, and the palette leads to each', async () => {
    const worker = localAgent(profile)
    try {
      await new Promise<void>((resolve) => {
        const client = worker.openTerminal({
          ...{ workspace: workspaceName, terminal: crypto.randomUUID(), cols: 80, rows: 24 },
          create: { command: ['sh', '-c', 'echo else-$((40+2)); exec sleep 1000'], title: 'elsewhere' },
          onOutput: (_bytes, parsed) => parsed(),
          onState: ({ status }) => {
            if (status !== 'live') return
            client.dispose()
            resolve()
          },
        })
      })
    } finally {
      worker.dispose()
    }
    await expect(page.getByRole('button', { name: strings.terminals.background(1) })).toBeVisible()
    await page.getByRole('tab', { name: strings.stats.section, exact: true }).click()
    const palette = await screen.openPalette()
    await page.keyboard.type('elsewhere')
    await expect(palette.getByRole('option', { name: /^elsewhere/ })).toBeVisible()
    await expectAccessible(page, 'terminals in the palette')
    await page.keyboard.press('Enter')
    await expect(screen.terminalTabs()).toHaveCount(2)
    const grid = new TerminalGrid(page)
    await grid.current.expectText(/^else-42$/m)
    await expect(grid.current.input).toBeFocused()

    // The other one, by the folder that it is called by.
    await screen.openPalette()
    await page.keyboard.type('~/workspace')
    await page.keyboard.press('Enter')
    await expect(screen.terminalTabs().first()).toHaveAttribute('aria-selected', 'true')
    await terminal.expectText(/^still-kept$/m)
    await expect(terminal.input).toBeFocused()
  })

  await test.step('a screen reader that comes finds the lines of terminals', async () => {
    const lines = terminal.root.locator('.xterm-accessibility')
    await expect(lines).toHaveCount(0)
    const tell = (isPresent: boolean) =>
      desktop(shell).app.evaluate(
        ({ app }, told) => void app.emit('accessibility-support-changed', {}, told),
        isPresent,
      )
    await tell(true)
    await expect(lines.getByText('still-kept')).toBeAttached()
    await expectAccessible(page, 'a terminal for screen readers')
    await tell(false)
    await expect(lines).toHaveCount(0)
  })

  await test.step('the colours of a file of iTerm2 become those of terminals', async () => {
    await page.keyboard.press('Control+Comma')
    await page.locator('input[type=file]').setInputFiles({
      name: 'Deep Sea.itermcolors',
      mimeType: 'application/xml',
      buffer: Buffer.from(itermColours([0, 0.2, 0.4])),
    })
    await expect(page.getByRole('combobox', { name: strings.settings.terminalTheme })).toHaveValue('Deep Sea')
    await screen.openWorkspace(workspaceName)
    await expect(terminal.root).toBeVisible()
    const background = () =>
      terminal.root.evaluate((root) => getComputedStyle(root.parentElement ?? root).backgroundColor)
    await expect.poll(background).toBe('rgb(0, 51, 102)')
  })

  await test.step('without any network, what is on this computer goes on', async () => {
    await page.context().setOffline(true)
    await screen.newTerminal()
    await new TerminalGrid(page).current.run('echo offline-$((1+1))')
    await new TerminalGrid(page).current.expectText(/^offline-2$/m)
    await page.context().setOffline(false)
  })
})
