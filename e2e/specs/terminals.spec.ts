import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import type { TerminalPane } from '../pages/terminal-pane.ts'
import { expect, test } from '../support/fixtures.ts'

test('the shell learns the size of its window, and of each change', async ({ shell, workspaceName }) => {
  const screen = new BerthScreen(shell.page)
  await screen.createWorkspace(workspaceName)
  const columns: number[] = []
  for (const size of [
    { width: 1200, height: 760 },
    { width: 960, height: 560 },
  ]) {
    const before = await screen.terminal.rowCount()
    await shell.page.setViewportSize(size)
    await expect.poll(() => screen.terminal.rowCount()).not.toBe(before)
    columns.push(await columnsTold(screen.terminal))
  }
  expect(columns[0]).toBeGreaterThan(columns[1] ?? 0)
})

/** What the shell is told of its columns, as soon as it is told as many rows as are drawn: the size reaches it in its own time. */
async function columnsTold(terminal: TerminalPane): Promise<number> {
  const told = /^size-(\d+)x(\d+)-/m
  let columns = 0
  await expect(async () => {
    await terminal.run("clear; echo size-$(stty size | tr ' ' x)-")
    await expect.poll(() => terminal.text(), { timeout: 5_000 }).toMatch(told)
    const [, rows, cols] = told.exec(await terminal.text()) ?? []
    expect(Number(rows)).toBe(await terminal.rowCount())
    columns = Number(cols)
  }).toPass({ timeout: 60_000 })
  return columns
}

test('a reload of the page and a new start of the app find the terminal as it was', async ({
  shell,
  workspaceName,
}) => {
  await new BerthScreen(shell.page).createWorkspace(workspaceName)
  const before = new BerthScreen(shell.page)
  await before.terminal.run('export MARK=kept-$((40+2)); cd /tmp; echo $MARK')
  await before.terminal.expectText(/^kept-42$/m)
  // A program asks the terminal what it is, and takes the answer.
  await before.terminal.run("printf '\\033[c'; read -rsd c; echo asked-$((40+2))")
  await before.terminal.expectText(/^asked-42$/m)

  await shell.page.reload()
  await before.terminal.expectText(/^asked-42$/m)
  await before.terminal.run('echo again-$MARK-$PWD')
  await before.terminal.expectText(/^again-kept-42-\/tmp$/m)
  // The question came again with the output that was brought back; a second answer would have been typed into the shell.
  expect(await before.terminal.text()).not.toMatch(/\$ \S*[\d;]+c/)

  await shell.reopen()
  const after = new BerthScreen(shell.page)
  await after.openWorkspace(workspaceName)
  await after.terminal.expectText(/^again-kept-42-\/tmp$/m)
  await after.terminal.run('echo third-$MARK-$PWD')
  await after.terminal.expectText(/^third-kept-42-\/tmp$/m)
  await expect(shell.page.getByRole('tab', { selected: true })).not.toHaveCount(0)
})

test('a kill -9 of the agent in mid-output loses no line and doubles none', async ({ shell, workspaceName }) => {
  const screen = new BerthScreen(shell.page)
  await screen.createWorkspace(workspaceName)
  await screen.terminal.run(
    'clear; for i in $(seq 1 600); do echo line-$i-end; sleep 0.02; done; echo all-$((1+1))-done',
  )
  await screen.terminal.expectText(/^line-\d\d+-end$/m)
  await shell.killAgent()
  await screen.terminal.expectText(/^all-2-done$/m, 120_000)

  const lines = (await screen.terminal.history()).filter((line) => /^line-\d+-end$/.test(line))
  expect(lines).toEqual(Array.from({ length: 600 }, (_, index) => `line-${index + 1}-end`))
  await screen.terminal.run('echo alive-$((2+3))')
  await screen.terminal.expectText(/^alive-5$/m)
})

test('each terminal is a shell of its own, and one that ends says how', async ({ shell, workspaceName }) => {
  const screen = new BerthScreen(shell.page)
  await screen.createWorkspace(workspaceName)
  await screen.terminal.run('WHICH=first; echo one-$WHICH')
  await screen.terminal.expectText(/^one-first$/m)

  await screen.newTerminal()
  await screen.terminal.waitForPrompt()
  await screen.terminal.run('echo two-[$WHICH]; (exit 7); exit')
  await expect(shell.page.getByText(strings.terminals.exited(7)).first()).toBeVisible()

  await screen.selectTerminal(0)
  await screen.terminal.run('echo still-$WHICH')
  await screen.terminal.expectText(/^still-first$/m)
})

test('what needs no shell of its own: output in colour, wide and broken characters, a flood', async ({
  shell,
  workspaceName,
}) => {
  const screen = new BerthScreen(shell.page)
  await screen.createWorkspace(workspaceName)
  await screen.terminal.run(`printf '\\e[31mred-%s\\e[0m 漢字 é\\n' text`)
  await screen.terminal.expectText('red-text 漢字 é')
  await screen.terminal.run('head -c 3000000 /dev/zero | tr "\\0" x | fold -w 100; echo; echo flood-$((3+4))-over')
  await screen.terminal.expectText(/^flood-7-over$/m, 60_000)
})
