import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { ElectronShell } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { HeadlessAgent } from '../support/headless-agent.ts'
import { localAgent } from '../support/local-agent.ts'

test('the app uses the agent that runs on its folder already, and goes on by itself when that ends', async ({
  shellStart,
  engine,
  workspaceName,
}) => {
  const agent = await HeadlessAgent.start(shellStart)
  const shell = await ElectronShell.start(shellStart)
  using cleanUp = new DisposableStack()
  try {
    const screen = new BerthScreen(shell.page)
    await screen.createWorkspace(workspaceName)
    await screen.terminal.run('MARK=shared-$((1+1)); echo $MARK')
    await screen.terminal.expectText(/^shared-2$/m)
    await expect.poll(() => engine.containers()).toEqual([`/workspace-${workspaceName}`])

    // The agent goes; the app starts its own on the same folder, and the shell in the workspace never noticed.
    await screen.terminal.run('echo waits-$((1+1)); until test -e ~/go; do sleep 0.1; done; echo went-$MARK')
    await screen.terminal.expectText(/^waits-2$/m)
    await agent.end()
    const own = cleanUp.adopt(localAgent(shellStart.profile), (client) => client.dispose())
    await own.api.workspaces.exec({ name: workspaceName, command: ['touch', '/home/workspace/go'] })
    // Its output is here again: the terminal is joined to the new agent, and what is typed now is not held.
    await screen.terminal.expectText(/^went-shared-2$/m, 60_000)
    await screen.terminal.run('echo on-$MARK')
    await screen.terminal.expectText(/^on-shared-2$/m)
    await screen.expectRow(workspaceName, strings.status.running)
  } finally {
    await shell.close()
    await agent.end()
  }
})
