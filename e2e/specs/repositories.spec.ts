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

test('the form says what is wrong under the field, leads there, and gives nothing up unasked', async ({ shell }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const { createDialog } = screen
  await expect(screen.firstRun.heading).toBeVisible()
  await screen.openCreateDialog()
  await expect(createDialog.repository).toBeFocused()
  await page.keyboard.type('http://github.com/acme/api')
  await expect(page.getByText(strings.create.repositoryError.scheme)).toBeHidden()
  await page.keyboard.press('Tab')
  await expect(page.getByText(strings.create.repositoryError.scheme)).toBeVisible()
  await look(shell, 'create-from-git-error')
  await page.keyboard.press('Enter')
  await expect(createDialog.repository).toBeFocused()

  await page.keyboard.press('Control+a')
  await page.keyboard.type('github.com/acme/My.Api')
  await expect(createDialog.name).toHaveValue('my-api')
  await expect(page.getByText(/\/my-api is free$/)).toBeVisible()
  await createDialog.name.fill('mine')
  await createDialog.repository.fill('github.com/acme/other')
  await expect(createDialog.name).toHaveValue('mine')

  await page.keyboard.press('Escape')
  await expect(page.getByText(strings.create.discardTitle)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(createDialog.repository).toHaveValue('github.com/acme/other')
})

test('a clone that fails is mended in its terminal and gone on with; another is given up and its form comes back', async ({
  shell,
  workspaceName,
}) => {
  await using cleanUp = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'berth-e2e-git-'))
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  const repository = await makeRepository(folder, 'api', 10_000)
  const server = cleanUp.use(await SshGitServer.start(folder, await workspaceGateway()))
  const { page } = shell
  const screen = new BerthScreen(page)
  await expect(screen.firstRun.heading).toBeVisible()
  await screen.openCreateDialog()

  // With keys alone: the address, then its branches, then the name.
  await page.keyboard.type(server.addressOf(repository))
  await page.keyboard.press('Tab')
  await page.keyboard.type('feature')
  await screen.createDialog.name.fill(workspaceName)
  await page.keyboard.press('Enter')
  await screen.expectRow(workspaceName, strings.status.failed)
  await expect(page.getByText('took none of the SSH keys').first()).toBeVisible()
  await expect(page.getByRole('list', { name: strings.creation.steps })).toContainText(strings.creation.step.clone)
  await look(shell, 'clone-failed')

  await screen.button(strings.creation.openTerminal).click()
  await screen.terminal.waitForPrompt()
  const key = Buffer.from(await server.key()).toString('base64')
  await screen.terminal.run(`umask 077; mkdir -p ~/.ssh; echo ${key} | base64 -d >~/.ssh/id_ed25519; echo do''ne`)
  await screen.terminal.expectText('done')
  await look(shell, 'clone-failed-terminal')
  await screen.button(strings.creation.retry).click()
  await screen.expectRow(workspaceName, strings.status.running)
  await screen.terminal.waitForPrompt()
  await screen.terminal.run('clear; git -C /workspace/api branch --show-current')
  await screen.terminal.expectText(/^feature$/m)

  const other = `${workspaceName}-2`
  await screen.openCreateDialog()
  await screen.createDialog.repository.fill(server.addressOf(repository))
  await screen.createDialog.name.fill(other)
  await screen.createDialog.submit.click()
  await screen.expectRow(other, strings.status.failed)
  await screen.button(strings.creation.changeAndCreate).click()
  await expect(screen.createDialog.repository).toHaveValue(server.addressOf(repository))
  await expect(screen.createDialog.name).toHaveValue(other)
  await expect(screen.row(other)).toBeHidden()
})
