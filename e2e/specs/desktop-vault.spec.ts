import { statSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { AddWorkerDialog } from '../pages/add-worker-dialog.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { ElectronShell } from '../support/electron-shell.ts'
import { expect, requireMachine, test } from '../support/fixtures.ts'
import { TestKeychain, whatKeychainLacks } from '../support/keychain.ts'
import { localAgent } from '../support/local-agent.ts'
import { look } from '../support/look.ts'
import { RemoteWorker } from '../support/remote-worker.ts'
import { filesWith } from '../support/where-secrets-are.ts'

const FIRST = 'planted-first-4f1c9e'
const SECOND = 'planted-second-b27a55'
const words = strings.vault

/** Why secrets cannot rest in the keychain when the app starts, and what becomes of that. */
const TROUBLES = [
  {
    trouble: 'absent',
    prepare: async () => undefined,
    mend: (keychain) => keychain.start(),
  },
  {
    trouble: 'locked',
    prepare: async (keychain) => {
      await keychain.start()
      await keychain.lock()
    },
    mend: (keychain) => keychain.unlock(),
  },
] as const satisfies {
  trouble: keyof typeof words.troubles
  prepare: (keychain: TestKeychain) => Promise<void>
  mend: (keychain: TestKeychain) => Promise<void>
}[]

for (const { trouble, prepare, mend } of TROUBLES) {
  test(`secrets wait as their owner wants for a keychain that is ${trouble}, and move into it when it answers`, async ({
    shellKind,
    profile,
    display,
  }) => {
    requireMachine(shellKind)
    const lacks = whatKeychainLacks()
    if (lacks !== undefined && process.env['CI'] === 'true') throw new Error(lacks)
    test.skip(lacks !== undefined, lacks)
    const keychain = new TestKeychain(profile.root)
    const environment = { ...keychain.environment, ...(display.name === undefined ? {} : { DISPLAY: display.name }) }
    await prepare(keychain)
    const shell = await ElectronShell.start({ profile, environment })
    const agent = localAgent(profile)
    try {
      // It does not answer: what is entered is in memory, and nowhere on disk.
      expect((await agent.api.config.credentials.update({ env: { FIRST_KEY: FIRST } })).store.kind).toBe('memory')
      await openSettings(shell)
      await expect(onPage(shell, words.troubles[trouble])).toBeVisible()
      await expect(onPage(shell, words.memory(1))).toBeVisible()
      expect(filesWith(FIRST, profile)).toEqual([])
      await look(shell, `vault-keychain-${trouble}`)
      await shell.page.getByRole('button', { name: words.retry }).click()
      await expect(shell.page.getByRole('status').getByText(words.memory(1))).toBeAttached()

      // With a yes it waits in a file that its owner alone may read.
      await shell.page.getByRole('button', { name: words.allowFile }).press('Enter')
      await expect(onPage(shell, words.file)).toBeVisible()
      await expect.poll(() => filesWith(FIRST, profile)).toHaveLength(1)
      const [file = ''] = filesWith(FIRST, profile)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      await shell.reopen()
      await agent.api.config.credentials.update({ env: { SECOND_KEY: SECOND } })
      expect(await revealed(agent, 'FIRST_KEY')).toBe(FIRST)

      // It answers: all is in it, and the file is gone.
      await mend(keychain)
      await openSettings(shell)
      await shell.page.getByRole('button', { name: words.retry }).click()
      await expect(onPage(shell, words.moved(2))).toBeVisible()
      await expect.poll(() => [...filesWith(FIRST, profile), ...filesWith(SECOND, profile)]).toEqual([])
      await shell.reopen()
      expect(await revealed(agent, 'FIRST_KEY')).toBe(FIRST)
      expect(await revealed(agent, 'SECOND_KEY')).toBe(SECOND)
      const store = async (): Promise<unknown> => (await agent.api.config.credentials.get()).store
      await expect.poll(store).toMatchObject({ kind: 'keychain', state: 'ready' })
    } finally {
      agent.dispose()
      await shell.close()
      await keychain.stop()
    }
  })
}

test('another computer is added without a keychain when its owner says so, and not before', async ({
  shellKind,
  profile,
  display,
}) => {
  requireMachine(shellKind)
  await using cleanUp = new AsyncDisposableStack()
  const remote = cleanUp.adopt(await RemoteWorker.start(), (worker) => worker.remove())
  // A bus that nobody starts.
  const { environment } = new TestKeychain(profile.root)
  const shell = await ElectronShell.start({
    profile,
    environment: { ...environment, ...(display.name === undefined ? {} : { DISPLAY: display.name }) },
  })
  cleanUp.defer(() => shell.close())
  const { page } = shell
  await new BerthScreen(page).expectReady()
  const dialog = new AddWorkerDialog(page)
  await page.getByRole('button', { name: strings.addWorker.title }).first().click()
  await dialog.tab('code').click()
  await dialog.host.fill(remote.address)
  await dialog.code.fill(await remote.pair())
  await dialog.code.press('Enter')
  await expect(dialog.root.getByRole('alert')).toContainText(strings.addWorker.notAdded)
  await look(shell, 'add-worker-without-keychain')
  // The code still counts.
  await dialog.root.getByRole('button', { name: strings.addWorker.addUntilQuit }).press('Enter')
  await expect(dialog.root).toBeHidden()
  await expect(page.getByRole('treeitem', { level: 1 })).toHaveCount(2)
})

/** What the page shows, beside what it tells screen readers. */
function onPage(shell: ElectronShell, text: string): Locator {
  return shell.page.getByRole('main').getByText(text)
}

async function openSettings(shell: ElectronShell): Promise<void> {
  await new BerthScreen(shell.page).expectReady()
  await shell.page.keyboard.press('Control+Comma')
  await shell.page.getByRole('link', { name: strings.settings.credentials }).click()
  await expect(shell.page.getByRole('heading', { name: words.title })).toBeVisible()
}

async function revealed(agent: ReturnType<typeof localAgent>, name: string): Promise<string> {
  return (await agent.api.config.credentials.reveal({ name })).value
}
