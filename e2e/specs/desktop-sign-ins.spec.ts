import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

const words = strings.settings
const home = mkdtempSync(join(tmpdir(), 'berth-e2e-home-'))
mkdirSync(join(home, '.codex'))
writeFileSync(join(home, '.codex/auth.json'), '{"signed": "in-as-nobody-7c1d"}', { mode: 0o600 })

test.use({ environment: { HOME: home } })
test.afterAll(() => rmSync(home, { recursive: true, force: true }))

test('a sign-in that is found here is offered at the first run, and is in workspaces once it is chosen', async ({
  shell,
  workspaceName,
}) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  const list = page.getByRole('list', { name: words.logins })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(list).toContainText('Codex')
  await look(shell, 'first-run-sign-ins')

  await screen.button(words.giveLoginNamed('Codex')).click()
  await expect(list).toContainText(words.loginIsGiven)
  await screen.createWorkspace(workspaceName)
  await screen.terminal.waitForPrompt()
  await screen.terminal.run('stat -c "%a %n" ~/.codex/auth.json; cut -c 13-24 ~/.codex/auth.json')
  await screen.terminal.expectText('600 /home/workspace/.codex/auth.json')
  await screen.terminal.expectText('in-as-nobody')
})
