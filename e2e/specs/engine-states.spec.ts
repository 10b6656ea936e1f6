import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { symlink, unlink } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strings } from '../../src/renderer/strings/index.ts'
import { ENGINE_SOCKET } from '../../test/support/engine-socket.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { listenAs } from '../support/engine-double.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import type { Shell } from '../support/shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-engines-'))
const socketPath = join(folder, 'docker.sock')
let server: Server | undefined

test.afterEach(async () => {
  if (server === undefined) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
  server = undefined
})
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
test.use({ environment: { DOCKER_HOST: `unix://${socketPath}` } })

async function expectScreen(
  shell: Shell,
  view: string,
  { title }: { title: (worker: string) => string },
): Promise<void> {
  const { page } = shell
  await expect(page.getByRole('heading', { name: title(shell.workerLabel) })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(strings.engine.checking)).toBeVisible()
  await expect(page.getByRole('button', { name: strings.create.firstButton, exact: true })).toHaveCount(0)
  // The path of a socket is a path of the host: no screen shows one.
  await expect(page.locator('body')).not.toContainText(folder)
  await look(shell, view)
}

test('an engine that is installed and not running', async ({ shell }) => {
  await expectScreen(shell, 'engine-stopped', strings.engine.stopped)
})

const DOUBLES = [
  { kind: 'silent', view: 'engine-unresponsive', words: strings.engine.unresponsive },
  { kind: 'starting', view: 'engine-starting', words: strings.engine.starting },
  { kind: 'too_old', view: 'engine-too-old', words: strings.engine.too_old },
] as const

test.describe('with an engine that', () => {
  for (const { kind, view, words } of DOUBLES) {
    test(`answers and cannot be used: ${kind}`, async ({ shell }) => {
      server = await listenAs(kind, socketPath)
      await expectScreen(shell, view, words)
    })
  }
})

test('an engine that comes up brings the screen on by itself', async ({ shell }) => {
  const screen = new BerthScreen(shell.page)
  await expect(shell.page.getByRole('heading', { name: strings.engine.stopped.title(shell.workerLabel) })).toBeVisible()
  await symlink(ENGINE_SOCKET, socketPath)
  await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
  await unlink(socketPath)
})
