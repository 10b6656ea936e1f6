import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BerthScreen } from '../pages/berth-screen.ts'
import { ElectronShell } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { PROJECT } from '../support/machine.ts'

const run = promisify(execFile)

/** Packs the app as for a release, so far as a driver allows; takes a second where nothing has changed since. */
async function packedProgram(): Promise<string> {
  const { stdout } = await run(process.execPath, [join(PROJECT, 'scripts/pack-testable-app.ts')])
  return stdout.trim().split('\n').at(-1) ?? ''
}

test('the packaged app opens, makes a workspace with a terminal, takes links, and quits', async ({
  shellStart,
  engine,
  workspaceName,
}) => {
  const shell = await ElectronShell.start({ ...shellStart, program: await packedProgram() })
  try {
    const facts = await shell.app.evaluate(({ app }) => ({ isPackaged: app.isPackaged, path: app.getAppPath() }))
    expect(facts.isPackaged).toBe(true)
    expect(facts.path).toMatch(/app\.asar$/)

    const screen = new BerthScreen(shell.page)
    await screen.createWorkspace(workspaceName)
    await screen.terminal.run('echo packed-$((40+2))')
    await screen.terminal.expectText(/^packed-42$/m)
    await expect.poll(() => engine.containers()).toEqual([`/workspace-${workspaceName}`])

    await followLink(shell, 'berth://open', ['focused'])
    await followLink(shell, 'berth://delete?workspace=all', [])
  } finally {
    await shell.close()
  }
  await expect.poll(() => existsSync(join(shellStart.profile.configDir, 'agent.sock'))).toBe(false)
})

/** Starts the program a second time, as the system does for a link, and tells what became of the window of the first. */
async function followLink(shell: ElectronShell, link: string, expected: string[]): Promise<void> {
  await shell.app.evaluate(({ app, BrowserWindow }) => {
    const seen: string[] = []
    Reflect.set(globalThis, 'seenByLink', seen)
    const [window] = BrowserWindow.getAllWindows()
    if (window !== undefined) window.focus = () => void seen.push('focused')
    // Heard after the app has: what it does, it has done by then.
    app.once('second-instance', () => void seen.push('heard'))
  })
  const { args, env, executablePath = '' } = shell.launchOptions()
  const second = spawn(executablePath, [...args, link], { env, stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect
    .poll(() => shell.app.evaluate((): unknown => Reflect.get(globalThis, 'seenByLink')))
    .toEqual([...expected, 'heard'])
}
