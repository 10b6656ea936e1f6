import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strings } from '../../src/renderer/strings/index.ts'
import { makeRepository } from '../../test/support/git-repository.ts'
import { SshGitServer } from '../../test/support/ssh-git-server.ts'
import { workspaceGateway } from '../../test/support/workspace-gateway.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

const words = strings.creation
const home = mkdtempSync(join(tmpdir(), 'berth-e2e-keys-'))
test.use({ environment: { HOME: home } })
test.afterAll(() => rmSync(home, { recursive: true, force: true }))

test('a clone that lacks a key is given one that was found here, and goes on', async ({ shell, workspaceName }) => {
  await using cleanUp = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'berth-e2e-git-'))
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  const repository = await makeRepository(folder, 'api', 1000)
  const server = cleanUp.use(await SshGitServer.start(folder, await workspaceGateway()))
  const { page } = shell
  const screen = new BerthScreen(page)
  await expect(screen.firstRun.heading).toBeVisible()
  await screen.openCreateDialog()
  await screen.createDialog.repository.fill(server.addressOf(repository))
  await screen.createDialog.name.fill(workspaceName)
  await screen.createDialog.submit.click()
  await screen.expectRow(workspaceName, strings.status.failed)
  const chooser = page.getByRole('region', { name: words.chooseKey })
  await expect(chooser.getByText(words.chooseKeyNone)).toBeVisible()

  // All credentials are a press away, and what failed is as it was on the way back.
  mkdirSync(join(home, '.ssh'), { mode: 0o700 })
  writeFileSync(join(home, '.ssh/id_ed25519'), await server.key(), { mode: 0o600 })
  await chooser.getByRole('button', { name: words.allCredentials }).click()
  await expect(page.getByRole('heading', { level: 1, name: strings.settings.credentials })).toBeVisible()
  await page.goBack()
  const give = chooser.getByRole('button', { name: words.keyNamed('SSH key id_ed25519') })
  await expect(give).toBeVisible()
  await look(shell, 'clone-failed-choose-key')
  await give.press('Enter')
  await screen.expectRow(workspaceName, strings.status.running)
  await screen.terminal.waitForPrompt()
  await screen.terminal.run('git -C /workspace/api status --porcelain; echo cloned-$?')
  await screen.terminal.expectText(/^cloned-0$/m)
})
