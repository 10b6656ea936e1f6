import { afterEach, expect, test } from 'vitest'
import { RuntimeExecResult } from '../../../src/contract/runtime/api.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const made: RuntimeContainer[] = []
afterEach(async () => {
  for (const container of made.splice(0)) await container[Symbol.asyncDispose]()
})

const HOME = '/home/workspace'

async function create(prepare: string, options: { volume?: string } = {}): Promise<RuntimeContainer> {
  const runtime = await RuntimeContainer.create(prepare, options)
  made.push(runtime)
  return runtime
}

async function whereTheyStart(runtime: RuntimeContainer): Promise<string[]> {
  const body = JSON.stringify({ command: ['pwd'] })
  const answer = await runtime.fetch('/api/v1/exec', {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${runtime.token}` },
  })
  const { stdout } = RuntimeExecResult.parse(await answer.json())
  const probe = await TerminalProbe.attach(runtime, { create: { command: ['sh', '-c', 'pwd'] } })
  await probe.untilClosed()
  return [stdout.trim(), probe.text.trim()]
}

test.each([
  ['the work folder is a file', `echo mine >${HOME}/workspace`, HOME, `${HOME}/workspace`],
  ['the work folder is a link to nothing', `ln -s /nowhere/at/all ${HOME}/workspace`, HOME, `${HOME}/workspace`],
  ['nobody may enter the home', `chmod 000 ${HOME}`, '/', HOME],
])('%s: the workspace starts, and its log says what is missing', async (_, breakHome, folder, warned) => {
  const runtime = await create(`mkdir -p ${HOME}; chown 1000:1000 ${HOME}; ${breakHome}`)
  const before = await runtime.asRoot(`stat -c '%a %U %F' ${HOME} ${HOME}/* 2>&1 || true`)
  expect(await runtime.boot()).toMatchObject({ ready: true, user: 'workspace' })
  expect(await whereTheyStart(runtime)).toEqual([folder, folder])
  const { warnings } = JSON.parse(await runtime.asRoot('grep ready /var/lib/berth/runtime.log'))
  expect(warnings).toEqual(expect.arrayContaining([expect.stringContaining(`${warned}: E`)]))
  // What the user has put there is as it was, its numbers being a name now.
  expect(await runtime.asRoot(`stat -c '%a %U %F' ${HOME} ${HOME}/* 2>&1 || true`)).toBe(
    before.replaceAll('UNKNOWN', 'workspace'),
  )
})

test('an image without /etc/skel: the workspace starts with an empty home', async () => {
  const runtime = await create('rm -rf /etc/skel')
  expect(await runtime.boot()).toMatchObject({ ready: true })
  expect(await whereTheyStart(runtime)).toEqual([`${HOME}/workspace`, `${HOME}/workspace`])
  expect(await runtime.asRoot(`ls -A ${HOME}`)).toBe('workspace')
})

test('a state folder that its user has closed is opened again', async () => {
  const runtime = await create(
    'mkdir -p /var/lib/berth/runtime.log; chown 1000 /var/lib/berth; chmod 000 /var/lib/berth',
  )
  expect(await runtime.boot()).toMatchObject({ ready: true })
  expect(await runtime.asRoot("stat -c '%a %U' /var/lib/berth")).toBe('700 workspace')
})

test.each([
  ['/', '/'],
  ['/usr/share/x', '/usr/share/x /usr/share/x/file'],
  ['/mnt', '/mnt'],
  ['/dev', '/dev'],
])(
  "an image user whose home is %s gets a home of its own, and the image's folder stays root's",
  async (home, paths) => {
    const line = `dev:x:1000:1000::${home}:/bin/sh`
    const runtime = await create(`mkdir -p /usr/share/x; echo a >/usr/share/x/file; echo ${line} >>/etc/passwd`)
    const look = `stat -c '%a %u:%g %n' ${paths}`
    const before = await runtime.asRoot(look)
    expect(await runtime.boot()).toMatchObject({ ready: true, user: 'dev' })
    expect(await runtime.asRoot(look)).toBe(before)
    expect(before).toContain(' 0:0 ')
    expect(await whereTheyStart(runtime)).toEqual(['/home/dev/workspace', '/home/dev/workspace'])
    expect(await runtime.asRoot("getent passwd dev; stat -c '%a %u' /home/dev")).toBe(
      'dev:x:1000:1000::/home/dev:/bin/sh\n755 1000',
    )
  },
)

test("a volume at the home of an image's user becomes the user's, wherever that is", async () => {
  const runtime = await create('echo dev:x:1000:1000::/srv/dev:/bin/sh >>/etc/passwd', { volume: '/srv/dev' })
  expect(await runtime.asRoot("stat -c '%u' /srv/dev")).toBe('0')
  expect(await runtime.boot()).toMatchObject({ ready: true, user: 'dev' })
  expect(await runtime.asRoot("stat -c '%u' /srv/dev /srv/dev/workspace")).toBe('1000\n1000')
})
