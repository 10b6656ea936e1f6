import { X509Certificate } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { strings } from '../../src/renderer/strings/index.ts'
import { SshGitServer } from '../../test/support/ssh-git-server.ts'
import { STAND_IN_TOKEN, StandInAgent, selfSigned } from '../../test/support/stand-in-agent.ts'
import { StandInTailscaled } from '../../test/support/tailscaled.ts'
import { AddWorkerDialog } from '../pages/add-worker-dialog.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { desktop } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { look } from '../support/look.ts'
import { OwnPrograms } from '../support/own-programs.ts'
import { pressUntilFocused } from '../support/press-until-focused.ts'
import { RemoteWorker } from '../support/remote-worker.ts'
import type { Shell } from '../support/shell.ts'
import { expectNoneAfterCrash, expectNoneKept } from '../support/where-secrets-are.ts'

const words = strings.addWorker
const AGENT_PORT = 7391
const CODE = 'KF7M-2QXD'
const SENT_CODE = 'KF7M2QXD'

/** Backing off takes its time on a machine that is busy with other tests. */
const RETURN_LIMIT_MS = 90_000

let programs: OwnPrograms | undefined

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from here
  environment: async ({}, use) => {
    programs = new OwnPrograms()
    await use(programs.environment)
    programs.remove()
  },
})

/** What a step needs: the screens, and where what it started is ended. */
interface Stage {
  shell: Shell
  screen: BerthScreen
  dialog: AddWorkerDialog
  cleanUp: AsyncDisposableStack
  programs: OwnPrograms
}

test('a worker is added by ssh, from the tailnet and by its certificate, and what is not to be trusted is said with what to do', async ({
  shell,
}) => {
  // Four ways to a worker, with their views looked at in two themes.
  test.slow()
  await using cleanUp = new AsyncDisposableStack()
  if (programs === undefined) throw new Error('The app has no programs of its own.')
  const { page } = shell
  const stage = { shell, screen: new BerthScreen(page), dialog: new AddWorkerDialog(page), cleanUp, programs }
  await stage.screen.expectReady()
  await test.step('ssh: a computer that ssh does not know is not reached; one that it knows needs no code', () =>
    bySsh(stage))
  await test.step('tailnet: signed out, then its computers; the one with an agent is added by keys alone', () =>
    byTailnet(stage))
  await test.step('another version of Berth: told at the door, and of a worker that becomes one', () =>
    otherVersion(stage))
  await test.step('a certificate that nobody vouches for: compared, trusted, and no other in its place', () =>
    byCertificate(stage))
  await test.step('a page that crashes: written down without what the workers were told', () =>
    expectNoneAfterCrash(desktop(shell), [STAND_IN_TOKEN, CODE, SENT_CODE]))
})

async function bySsh({ shell, screen, dialog, cleanUp, programs: own }: Stage): Promise<void> {
  const remote = cleanUp.adopt(await RemoteWorker.start(), (worker) => worker.remove())
  const environment = { WS_CONFIG_DIR: remote.profile.configDir }
  const server = cleanUp.use(await SshGitServer.start(own.folder, '127.0.0.1', environment))
  const address = server.addressOf('')
  await dialog.look(address)
  await expect(dialog.root.getByRole('alert')).toContainText(words.unreached.ssh)
  await expect(dialog.root.getByRole('alert')).toContainText('does not know that computer')
  await look(shell, 'add-worker-ssh-unknown')

  // As people have it who log in there to work: what runs then, and a port that another login holds already.
  own.configureSsh(['RemoteCommand tmux', `LocalForward ${remote.address} 127.0.0.1:1`])
  await appendFile(own.sshKnownHosts, `${await server.knownAs()}\n`)
  await dialog.lookAt(address)
  await expect(dialog.root.getByText(words.path.ssh)).toBeVisible()
  await expect(dialog.code).toHaveCount(0)
  await look(shell, 'add-worker-ssh')
  await dialog.name('by-ssh')
  await expect(screen.liveWorker('by-ssh')).toBeVisible()
  await expect(screen.firstRun.heading).toBeVisible()
}

async function byTailnet({ shell, screen, dialog, cleanUp, programs: own }: Stage): Promise<void> {
  const { page } = shell
  // No name of a stand-in's tailnet is known to this computer: its computers go by addresses that nobody else listens on.
  const network = `127.91.${1 + Math.floor(Math.random() * 250)}`
  const [atlas, nuc, studio] = [`${network}.1`, `${network}.2`, `${network}.3`]
  const remote = cleanUp.adopt(await RemoteWorker.start({ host: atlas, port: AGENT_PORT }), (one) => one.remove())
  const login = 'me@example.com'
  const tailscaled = cleanUp.use(
    await StandInTailscaled.start(own.folder, {
      self: { name: 'here', address: '127.91.0.1', login },
      peers: [
        {
          name: studio,
          label: 'studio-with-a-name-that-is-longer-than-its-row',
          address: studio,
          login,
          isOnline: false,
        },
        { name: nuc, label: 'nuc', address: nuc, login },
        { name: atlas, label: 'atlas', address: atlas, login },
      ],
    }),
  )
  tailscaled.state = 'NeedsLogin'
  await dialog.open()
  await expect(dialog.root.getByText(words.tailscale.signed_out)).toBeVisible()
  await look(shell, 'add-worker-signed-out')

  tailscaled.state = 'Running'
  await page.keyboard.press('Tab')
  await expect(dialog.lookAgain).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.computer('atlas')).toContainText(/Berth \d/)
  await expect(dialog.computer('nuc')).toContainText(words.noAgent)
  await expect(dialog.computer('studio')).toContainText(/Offline, seen/)
  await expect(dialog.root.getByRole('listitem').first()).toContainText('atlas')
  await look(shell, 'add-worker-computers')
  await expect(dialog.lookAgain).toBeInViewport({ ratio: 1 })

  await pressUntilFocused(page, 'Shift+Tab', dialog.root.getByRole('button', { name: words.connectTo('atlas') }))
  await page.keyboard.press('Enter')
  await expect(dialog.root.getByText(words.foundTitle(atlas))).toBeVisible()
  await expect(dialog.host).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(dialog.code).toBeFocused()
  await page.keyboard.type(await remote.pair())
  await page.keyboard.press('Enter')
  await expect(dialog.root).toBeHidden()
  // Nobody named it: it is called what it calls itself.
  await expect(screen.liveWorker(hostname())).toBeVisible()
  await dialog.open()
  await expect(dialog.computer('atlas')).toContainText(words.isWorker)
  await page.keyboard.press('Escape')
  await screen.expectNoDialog()
}

async function otherVersion({ shell, screen, dialog, cleanUp }: Stage): Promise<void> {
  const { page } = shell
  const agent = cleanUp.use(await StandInAgent.start())
  agent.protocol = '2.0'
  await dialog.look(`127.0.0.1:${agent.port}`)
  await expect(dialog.root.getByRole('alert')).toContainText(words.unreached.version)
  await expect(dialog.root.getByRole('alert')).toContainText('It is newer: update Berth here.')
  await look(shell, 'add-worker-other-version')

  agent.protocol = '1.0'
  await dialog.lookAt(`127.0.0.1:${agent.port}`)
  await expect(dialog.root.getByText(words.foundTitle(`127.0.0.1:${agent.port}`))).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(dialog.code).toBeFocused()
  await page.keyboard.type(CODE)
  await page.keyboard.press('Enter')
  await expect(dialog.root).toBeHidden()
  await expect(screen.liveWorker('stand-in')).toBeVisible()
  await agent.stop()
  agent.protocol = '2.0'
  await agent.listen()
  await expect(screen.worker('stand-in', strings.workers.otherVersion)).toBeVisible({ timeout: RETURN_LIMIT_MS })
  await expect(page.getByRole('heading', { name: strings.connection.incompatible('stand-in') })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('It is newer: update Berth here.')
  await look(shell, 'worker-other-version')
  await anotherAgent({ shell, screen, dialog }, agent)
}

/** Somebody else in the worker's place: no code is asked for before a person says that it is the worker, set up anew. */
async function anotherAgent(
  { shell, screen, dialog }: Pick<Stage, 'shell' | 'screen' | 'dialog'>,
  agent: StandInAgent,
): Promise<void> {
  const main = shell.page.getByRole('main')
  const code = main.getByRole('textbox', { name: strings.connection.code })
  await agent.stop()
  Object.assign(agent, { protocol: '1.0', agentId: 'somebody-else' })
  await agent.listen()
  await main.getByRole('button', { name: strings.common.tryNow }).press('Enter')
  await expect(screen.worker('stand-in', strings.workers.distrusted)).toBeVisible({ timeout: RETURN_LIMIT_MS })
  await expect(shell.page.getByRole('heading', { name: strings.connection.distrusted('stand-in') })).toBeVisible()
  await expect(main).toContainText('Another agent answers there')
  await expect(main).toContainText(strings.connection.anotherAgentToken)
  await expect(code).toHaveCount(0)
  await look(shell, 'worker-another-agent')

  await main.getByRole('button', { name: strings.connection.setUpAnew }).press('Enter')
  await expect(code).toBeFocused()
  await look(shell, 'worker-set-up-anew')
  await shell.page.keyboard.type(CODE)
  await shell.page.keyboard.press('Enter')
  await expect(screen.liveWorker('stand-in')).toBeVisible({ timeout: RETURN_LIMIT_MS })
  // React holds the field that had the keyboard last until another has it.
  await dialog.open()
  await shell.page.keyboard.press('Escape')
  await screen.expectNoDialog()
  // The app is connected with them.
  const said = agent.secrets.join()
  for (const secret of [STAND_IN_TOKEN, SENT_CODE]) expect(said).toContain(secret)
  await expectNoneKept(shell, [STAND_IN_TOKEN, CODE, SENT_CODE])
}

const fingerprintOf = ({ cert }: { cert: string }): string => new X509Certificate(cert).fingerprint256

async function byCertificate({ shell, screen, dialog, cleanUp }: Stage): Promise<void> {
  const { page } = shell
  const [first, second] = [await selfSigned(), await selfSigned()]
  const remote = cleanUp.adopt(await RemoteWorker.start({ certificate: first }), (worker) => worker.remove())
  const address = `https://${remote.address}`
  await dialog.look(address)
  await expect(dialog.root.getByText(fingerprintOf(first))).toBeVisible()
  await expect(dialog.add).toHaveAttribute('aria-disabled', 'true')
  await expect(dialog.root.getByText(words.trustFirst)).toBeVisible()
  await look(shell, 'add-worker-fingerprint')
  // However much there is to read, the next step is on the screen.
  await expect(dialog.add).toBeInViewport({ ratio: 1 })
  await dialog.trustByKeys()

  // Between the comparison and the code, another takes its place.
  await remote.kill()
  await remote.comeBack(second)
  await page.keyboard.press('Tab')
  await expect(dialog.code).toBeFocused()
  await page.keyboard.type(await remote.pair())
  await page.keyboard.press('Enter')
  await expect(dialog.root.getByRole('alert')).toContainText(words.unreached.tls)
  await expect(dialog.root.getByRole('alert')).toContainText('is not the one that was compared')
  await look(shell, 'add-worker-certificate-changed')

  await dialog.lookAt(address)
  await expect(dialog.root.getByText(fingerprintOf(second))).toBeVisible()
  await dialog.trustByKeys()
  await page.keyboard.press('Tab')
  await expect(dialog.code).toBeFocused()
  await page.keyboard.press('Tab')
  await dialog.name('vault')
  await expect(screen.liveWorker('vault')).toBeVisible()
  await expect(screen.firstRun.heading).toBeVisible()

  await remote.kill()
  await remote.comeBack(first)
  await expect(screen.worker('vault', strings.workers.distrusted)).toBeVisible({ timeout: RETURN_LIMIT_MS })
  await expect(page.getByRole('heading', { name: strings.connection.distrusted('vault') })).toBeVisible()
  await stillDistrustedAfterRestart(shell)

  await remote.kill()
  await remote.comeBack(second)
  const again = new BerthScreen(shell.page)
  await again.button(strings.common.tryNow).first().press('Enter')
  await expect(again.liveWorker('vault')).toBeVisible({ timeout: RETURN_LIMIT_MS })
}

/** The certificate that counts is remembered. */
async function stillDistrustedAfterRestart(shell: Shell): Promise<void> {
  await shell.reopen()
  const row = new BerthScreen(shell.page).worker('vault', strings.workers.distrusted)
  await expect(row).toBeVisible({ timeout: RETURN_LIMIT_MS })
  await row.focus()
  await shell.page.keyboard.press('Shift+F10')
  await shell.page.getByRole('menuitem', { name: strings.workers.open }).press('Enter')
  await expect(shell.page.getByRole('heading', { name: strings.connection.distrusted('vault') })).toBeVisible()
  await expect(shell.page.getByRole('main')).toContainText('is not the one that was trusted')
  await expect(shell.page.getByRole('main')).toContainText(strings.connection.distrustedMend)
  await look(shell, 'worker-not-trusted')
}
