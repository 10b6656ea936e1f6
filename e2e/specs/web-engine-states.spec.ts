import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { strings } from '../../src/renderer/strings/index.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'

/** Runs what follows it, seen from the shell's first word on. */
const shell = (script: string): string[] => ['sh', '-c', `${script}; exec "$@"`, 'sh']
const isRoot = process.getuid?.() === 0
const NOBODY = 65_534
const foreignSocket = join(mkdtempSync(join(tmpdir(), 'berth-e2e-foreign-')), 'engine.sock')

test.describe('on a computer where no engine is', () => {
  // A mount of its own hides the engine's program from the agent alone.
  test.use({
    environment: { DOCKER_HOST: 'unix:///tmp/berth-no-engine-here.sock' },
    launcher: ['unshare', '--mount', ...shell('mount -t tmpfs none /usr/sbin')],
  })
  test.skip(!isRoot || existsSync('/usr/bin/dockerd'), 'Needs root, and an engine whose program is in /usr/sbin alone.')

  test('the screen says so, and how to get one', async ({ shell }) => {
    const { page } = shell
    await expect(page.getByRole('heading', { name: strings.engine.missing.title(shell.workerLabel) })).toBeVisible({
      timeout: 60_000,
    })
    await expect(page.getByText('sudo apt-get install docker.io', { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: strings.engine.getDocker })).toBeVisible()
    await look(shell, 'engine-missing')
  })
})

test.describe('for a user who may not use the engine', () => {
  // Root without its power over files is nobody's friend: a socket of another user is closed to it.
  test.use({
    environment: { DOCKER_HOST: `unix://${foreignSocket}` },
    launcher: ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--'],
  })
  test.skip(!isRoot, 'Needs root, to give a socket away.')
  const engine = createServer()
  test.beforeAll(async () => {
    await new Promise<void>((resolve) => engine.listen(foreignSocket, resolve))
    chmodSync(foreignSocket, 0o600)
    chownSync(foreignSocket, NOBODY, NOBODY)
  })
  test.afterAll(() => {
    engine.close()
    rmSync(dirname(foreignSocket), { recursive: true, force: true })
  })

  test('the screen names the group, and does not say that Docker is missing', async ({ shell }) => {
    const { page } = shell
    await expect(page.getByRole('heading', { name: strings.engine.forbidden.title(shell.workerLabel) })).toBeVisible({
      timeout: 60_000,
    })
    await expect(page.getByText('sudo usermod -aG docker "$USER"', { exact: true })).toBeVisible()
    await expect(page.getByText(strings.engine.missing.title(shell.workerLabel))).toHaveCount(0)
    await look(shell, 'engine-forbidden')
  })
})

test.describe('where the engine is named wrongly', () => {
  test.use({ environment: { DOCKER_HOST: 'ssh://elsewhere' } })

  test('the screen says that of the name, and offers diagnostics without it', async ({ shell }) => {
    const { page } = shell
    await expect(page.getByRole('heading', { name: strings.engine.misnamed })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('sudo apt-get install docker.io')).toHaveCount(0)
    await page.getByRole('button', { name: strings.common.details }).click()
    await expect(page.getByRole('button', { name: strings.creation.copyDiagnostics })).toBeVisible()
    await look(shell, 'engine-misnamed')
  })
})
