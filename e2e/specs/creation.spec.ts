import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { type Trouble, TroubledEngine } from '../support/troubled-engine.ts'

test('what a worker refuses is said in the form, and nothing is made', async ({ shell, engine, workspaceName }) => {
  const { page } = shell
  const screen = new BerthScreen(page)
  await screen.requestWorkspace({ name: workspaceName, cpus: '1024' })
  await expect(screen.createDialog.root.getByRole('alert')).toContainText(strings.create.refused)
  await expect(screen.createDialog.name).toHaveValue(workspaceName)
  await look(shell, 'create-dialog-refused')
  await expect.poll(() => engine.belongings()).toEqual({ containers: [], volumes: [], ports: [] })
})

let troubled: TroubledEngine | undefined

/** Starts the app in front of an engine in `trouble`. */
function withEngine(trouble: Trouble): void {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from here
    environment: async ({}, use) => {
      troubled = await TroubledEngine.start(trouble)
      await use({ DOCKER_HOST: `unix://${troubled.socketPath}` })
      await troubled.close()
    },
  })
}

test.describe('on an engine that takes its time', () => {
  withEngine('slow')

  test('a creation shows its steps, outlives a reload of the page, and is given up with all of it', async ({
    shell,
    engine,
    workspaceName,
  }) => {
    const { page } = shell
    const screen = new BerthScreen(page)
    await screen.requestWorkspace({ name: workspaceName })
    await expect(page.getByText(strings.creation.step.create).first()).toBeVisible()
    await page.reload()
    await expect(page.getByText(strings.creation.step.create).first()).toBeVisible()
    await look(shell, 'creating')
    await screen.button(strings.creation.cancel).first().click()
    troubled?.recover()
    await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
    await expect.poll(() => engine.belongings()).toEqual({ containers: [], volumes: [], ports: [] })
  })
})

test.describe('on an engine whose disk is full', () => {
  withEngine('full disk')

  test('a creation that fails says which step, why and what to do, and can be removed', async ({
    shell,
    engine,
    workspaceName,
  }) => {
    const { page } = shell
    const screen = new BerthScreen(page)
    await screen.requestWorkspace({ name: workspaceName })
    await screen.expectRow(workspaceName, strings.status.failed)
    await expect(page.getByText(strings.creation.failedTitle(workspaceName)).first()).toBeVisible()
    await expect(page.getByText('no space left on device').first()).toBeVisible()
    await expect(page.getByText(strings.creation.step.create).first()).toBeVisible()
    await page.getByText(strings.common.details, { exact: true }).click()
    await look(shell, 'creation-failed')

    await screen.button(strings.creation.cancel).click()
    await expect(screen.firstRun.heading).toBeVisible({ timeout: 60_000 })
    await expect.poll(() => engine.belongings()).toEqual({ containers: [], volumes: [], ports: [] })
  })
})
