import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { ElectronShell } from '../support/electron-shell.ts'
import { expect, requireMachine, test } from '../support/fixtures.ts'
import { HeadlessAgent } from '../support/headless-agent.ts'

test('the app uses the agent that runs on its folder already, and goes on by itself when that ends', async ({
  shellKind,
  profile,
  engine,
  display,
  workspaceName,
}) => {
  requireMachine(shellKind)
  const options = {
    profile,
    environment: display.name === undefined ? {} : { DISPLAY: display.name },
  }
  const agent = await HeadlessAgent.start(options)
  const shell = await ElectronShell.start(options)
  try {
    const screen = new BerthScreen(shell.page)
    await screen.createWorkspace(workspaceName)
    await screen.terminal.run('MARK=shared-$((1+1)); echo $MARK')
    await screen.terminal.expectText(/^shared-2$/m)
    expect((await engine.belongings()).containers).toEqual([`/workspace-${workspaceName}`])

    // The agent goes; the app starts its own on the same folder, and the shell in the workspace never noticed.
    await agent.end()
    await screen.terminal.run('echo on-$MARK')
    await screen.terminal.expectText(/^on-shared-2$/m)
    await screen.expectRow(workspaceName, strings.status.running)
  } finally {
    await shell.close()
    await agent.end()
  }
})
