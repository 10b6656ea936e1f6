import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { desktop } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { electronBinary } from '../support/machine.ts'

test('the window comes back where it stood, and is never smaller than its screens', async ({ shell }) => {
  const app = desktop(shell)
  const wanted = { x: 120, y: 90, width: 900, height: 620 }
  const stands = () => app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
  await app.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), wanted)
  // The display server moves it in its own time, and tells the app afterwards.
  await expect.poll(stands).toEqual(wanted)
  await shell.reopen()
  await expect.poll(stands).toEqual(wanted)
  const smallest = await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getMinimumSize())
  expect(smallest).toEqual([720, 480])
})

test('a second start hands over to the first and ends', async ({ shell }) => {
  const { args, env } = desktop(shell).launchOptions()
  const second = spawn(electronBinary(), args, { env, stdio: 'ignore' })
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(0)
  expect(await desktop(shell).app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect(shell.page.locator('#root')).toBeAttached()
})

test('quitting ends the agent and leaves its folder to the next', async ({ shell, profile }) => {
  const socket = join(profile.configDir, 'agent.sock')
  await expect.poll(() => existsSync(socket)).toBe(true)
  await shell.close()
  await expect.poll(() => existsSync(socket)).toBe(false)
})

test('an agent that is killed is started again', async ({ shell }) => {
  const app = desktop(shell)
  await expect.poll(() => app.agentPid()).toBeDefined()
  const before = await app.agentPid()
  await shell.killAgent()
  await expect.poll(async () => [undefined, before].includes(await app.agentPid())).toBe(false)
})

test('the menu has no reload and takes no key that a shell needs', async ({ shell }) => {
  const items = await desktop(shell).app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
      (menu.submenu?.items ?? []).map(({ label, role, accelerator, registerAccelerator }) => ({
        label,
        role: String(role).toLowerCase(),
        taken: registerAccelerator ? String(accelerator) : '',
      })),
    ),
  )
  expect(items.length).toBeGreaterThan(8)
  expect(items.filter(({ role }) => role.includes('reload'))).toEqual([])
  expect(items.filter(({ taken }) => /^(Ctrl|Control|CommandOrControl|CmdOrCtrl)\+[A-Z]$/i.test(taken))).toEqual([])
})
