import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PORT_MESSAGE } from '../../src/contract/desktop/index.ts'
import { strings } from '../../src/renderer/strings/index.ts'
import { BerthScreen } from '../pages/berth-screen.ts'
import { desktop } from '../support/electron-shell.ts'
import { expect, test } from '../support/fixtures.ts'
import { localAgent } from '../support/local-agent.ts'
import type { Shell } from '../support/shell.ts'

/** A credential that a test enters, to look for it where it must not be. */
const PLANTED = 'planted-7d04e1c2'

/** Hands over a port as a hostile script of the page would, and calls on it; tells whether it was closed or answered. */
async function handOver(shell: Shell, request: unknown): Promise<'closed' | 'answered'> {
  return shell.page.evaluate(
    ({ tag, asked }) =>
      new Promise<'closed' | 'answered'>((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('close', () => resolve('closed'))
        port1.addEventListener('message', () => resolve('answered'))
        port1.start()
        window.postMessage({ type: tag, request: asked }, location.origin, [port2])
        port1.postMessage(JSON.stringify({ i: '1', p: { u: '/info' } }))
      }),
    { tag: PORT_MESSAGE, asked: request },
  )
}

test('the page has no Node, no Electron and no bridge object', async ({ shell }) => {
  const found = await shell.page.evaluate(() => [
    ...['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    ...Object.keys(window).filter((name) => /electron|ipc|bridge|berth/i.test(name)),
  ])
  expect(found).toEqual([])
  const preferences = await desktop(shell).app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): object }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
  })
})

test('requests for ports that are not in the contract are refused', async ({ shell }) => {
  const hostile: unknown[] = [
    null,
    'worker',
    { kind: 'shutdown' },
    { kind: 'worker' },
    { kind: 'worker', worker: 'another' },
    { kind: 'worker', worker: '../local' },
    { kind: 'worker', worker: 'local', url: 'ws://evil.example' },
    { kind: 'terminal', worker: 'local' },
    { kind: 'terminal', worker: 'local', workspace: '../../etc' },
    { kind: 'terminal', worker: 'local', workspace: 'a'.repeat(64) },
    { kind: 'terminal', worker: 'local', workspace: { toString: 'a' } },
    { kind: 'desktop', more: 1 },
  ]
  for (const request of hostile) expect([request, await handOver(shell, request)]).toEqual([request, 'closed'])
  expect(await handOver(shell, { kind: 'worker', worker: 'local' })).toBe('answered')
})

test('a frame inside the page, and another origin, have no way to main', async ({ shell }) => {
  // Nothing can be framed: the policy has no frame-src, and main denies the navigation too.
  const framed = await shell.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe')
        frame.srcdoc = '<script>parent.postMessage("ran", "*")</script>'
        window.addEventListener('message', (event) => {
          if (event.data === 'ran') resolve('ran')
          if (event.data === 'loaded') resolve('silent')
        })
        // Messages come in the order in which they were posted: what the frame's script said would come before this.
        frame.addEventListener('load', () => window.postMessage('loaded', location.origin))
        document.body.append(frame)
      }),
  )
  expect(framed).toBe('silent')
  // What is posted by another window is not passed on: `source` is not the page's own.
  await shell.page.evaluate((tag) => {
    const { port2 } = new MessageChannel()
    const data = { type: tag, request: null }
    window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://evil.example', ports: [port2] }))
  }, PORT_MESSAGE)
  // Main judges ports in their order and writes down each that it refuses: this one, and none before it.
  expect(await handOver(shell, 'judged')).toBe('closed')
  const log = join(shell.profile.userData, 'logs/main.log')
  await expect.poll(() => readFileSync(log, 'utf8').match(/refused a port/g)).toHaveLength(1)
})

test('navigation, new windows, embedded pages, permissions and requests outside are denied', async ({ shell }) => {
  const { page } = shell
  const start = page.url()
  await page.evaluate(() => Reflect.set(window, 'samePage', true))
  expect(await page.evaluate(() => window.open('https://example.com'))).toBeNull()
  for (const target of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,hi', 'app://other/']) {
    await page.evaluate((url) => window.location.assign(url), target)
    await expect
      .poll(() => desktop(shell).app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.isLoading()))
      .toBe(false)
    expect(await page.evaluate(() => [location.href, Reflect.get(window, 'samePage')])).toEqual([start, true])
  }
  const denied = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    outside: await fetch('http://127.0.0.1:1/').then(
      () => 'fetched',
      () => 'denied',
    ),
  }))
  expect(denied).toEqual({ notifications: 'denied', camera: 'denied', outside: 'denied' })
  expect(shell.page.context().pages()).toHaveLength(1)
})

test('scripts run from files of the app alone', async ({ shell }) => {
  const { page } = shell
  const answer = await page.evaluate(async () => {
    const response = await fetch('/')
    return { policy: response.headers.get('content-security-policy'), html: await response.text() }
  })
  expect(answer.policy).toContain("script-src 'self';")
  expect(answer.policy).toContain("default-src 'none'")
  expect(answer.policy).not.toContain('unsafe-eval')
  expect(answer.html).not.toContain('__CSP_NONCE__')
  const again = await page.evaluate(() => fetch('/').then((response) => response.text()))
  expect(again).not.toBe(answer.html)

  const ran = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const found: string[] = []
        Reflect.set(window, 'markRan', (what: string) => found.push(what))
        const inline = document.createElement('script')
        inline.textContent = 'markRan("inline")'
        const data = document.createElement('script')
        data.src = 'data:text/javascript,markRan("data")'
        const image = document.createElement('img')
        image.setAttribute('onerror', 'markRan("handler")')
        image.src = '/nothing.png'
        // An inline script runs, or not, while it is appended; the others say when they were tried.
        const tried = [data, image].map(
          (element) =>
            new Promise((settled) => {
              element.addEventListener('load', settled)
              element.addEventListener('error', settled)
            }),
        )
        document.body.append(inline, data, image)
        void Promise.all(tried).then(() => resolve(found))
      }),
  )
  expect(ran).toEqual([])
})

test('the app serves its own files and no other of this computer', async ({ shell }) => {
  const paths = [
    '/..%2f..%2fpackage.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/%00.js',
  ]
  for (const path of paths) {
    const status = await shell.page.evaluate((url) => fetch(url).then((response) => response.status), path)
    expect([path, status]).toEqual([path, 403])
  }
})

test('only http and https leave for the system browser', async ({ shell }) => {
  const opened = await desktop(shell).app.evaluate(({ shell: system }) => {
    const calls: string[] = []
    Reflect.set(globalThis, 'openedOutside', calls)
    system.openExternal = async (url: string) => {
      calls.push(url)
    }
    return calls
  })
  expect(opened).toEqual([])
  for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'smb://evil/share', 'app://berth/', 'https://']) {
    expect([url, await callDesktop(shell, ['app', 'openExternal'], { url })]).toEqual([url, 'refused'])
  }
  expect(await callDesktop(shell, ['app', 'openExternal'], { url: 'https://docs.docker.com/' })).toBe('answered')
  expect(await desktop(shell).app.evaluate((): unknown => Reflect.get(globalThis, 'openedOutside'))).toEqual([
    'https://docs.docker.com/',
  ])
})

/** A call of the desktop contract in oRPC's wire form, written by hand: what a script of the page could send. */
async function callDesktop(shell: Shell, path: string[], input: unknown): Promise<'answered' | 'refused'> {
  return shell.page.evaluate(
    ({ tag, url, body }) =>
      new Promise<'answered' | 'refused'>((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', (event) => {
          const answer: { p?: { s?: number } } = JSON.parse(String(event.data))
          resolve((answer.p?.s ?? 200) < 400 ? 'answered' : 'refused')
        })
        port1.start()
        window.postMessage({ type: tag, request: { kind: 'desktop' } }, location.origin, [port2])
        port1.postMessage(JSON.stringify({ i: '1', p: { u: url, b: { json: body } } }))
      }),
    { tag: PORT_MESSAGE, url: `/${path.join('/')}`, body: input },
  )
}

test('nothing that crosses to the page names a secret or a path of this computer', async ({
  shell,
  profile,
  workspaceName,
}) => {
  const { page } = shell
  await page.addInitScript(() => {
    const crossed: string[] = []
    Reflect.set(window, 'crossed', crossed)
    const receive = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        const data: unknown = receive?.get?.call(this)
        if (this.target instanceof MessagePort) crossed.push(typeof data === 'string' ? data : JSON.stringify(data))
        return data
      },
    })
  })
  await page.reload()
  const agent = localAgent(profile)
  await agent.api.config.credentials.update({ env: { PLANTED_KEY: PLANTED } })
  agent.dispose()
  const screen = new BerthScreen(page)
  await screen.createWorkspace(workspaceName)
  await page.keyboard.press('Control+Comma')
  await page.getByRole('link', { name: strings.settings.credentials }).click()
  await expect(page.getByRole('heading', { name: strings.vault.title })).toBeVisible()
  expect(await page.content()).not.toContain(PLANTED)
  const crossed = await page.evaluate(() => (Reflect.get(window, 'crossed') as string[]).join('\n'))
  expect(crossed).toContain(workspaceName)
  const secret = readFileSync(join(profile.configDir, 'secret'))
  const planted = [
    PLANTED,
    profile.root,
    secret.toString('hex'),
    secret.toString('base64'),
    'agent.sock',
    '/var/run/docker.sock',
  ]
  for (const value of planted) expect(crossed).not.toContain(value)
})
