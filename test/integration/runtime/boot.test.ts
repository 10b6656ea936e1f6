import { afterEach, expect, test } from 'vitest'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const made: RuntimeContainer[] = []
const keep = async (container: Promise<RuntimeContainer>): Promise<RuntimeContainer> => {
  made.push(await container)
  return container
}
afterEach(async () => {
  for (const container of made.splice(0)) await container[Symbol.asyncDispose]()
})

const modes = (paths: string) => `stat -L -c '%a %U:%G %n' ${paths}`

test('a bare image gets its user, home, work folder and links, and nothing of root is left in the runtime', async () => {
  const runtime = await keep(RuntimeContainer.create())
  expect(await runtime.boot({ env: { KEY: "a'b\nc" } })).toEqual({
    ready: true,
    port: 3002,
    user: 'workspace',
    version: expect.any(String),
    build: expect.stringMatching(/^[0-9a-f]{12}$/),
  })
  expect(
    await runtime.asRoot(
      `${modes('/home/workspace /var/lib/berth /run/berth/env')}; readlink /workspace; id workspace`,
    ),
  ).toBe(
    `755 workspace:workspace /home/workspace
700 workspace:workspace /var/lib/berth
600 workspace:workspace /run/berth/env
/home/workspace/workspace
uid=1000(workspace) gid=1000(workspace) groups=1000(workspace)`,
  )
  expect(await runtime.asUser('workspace', '. /run/berth/env; printf %s "$KEY"; test -f ~/.bashrc')).toBe("a'b\nc")
  const [pid] = await runtime.runtimePids()
  const status = await runtime.asRoot(
    `grep -E '^(Uid|Gid|Groups|Cap(Prm|Eff|Inh|Amb))' /proc/${pid}/status | tr -s '\\t ' ' '`,
  )
  expect(status).toBe(
    `Uid: 1000 1000 1000 1000
Gid: 1000 1000 1000 1000
Groups: 1000 
CapInh: 0000000000000000
CapPrm: 0000000000000000
CapEff: 0000000000000000
CapAmb: 0000000000000000`,
  )
})

test('the token is in no command line, and the user of the workspace cannot read it from the runtime', async () => {
  const runtime = await keep(RuntimeContainer.booted({ env: { KEY: 'planted-value' } }))
  const [pid] = await runtime.runtimePids()
  expect(await runtime.asRoot(`tr '\\0' ' ' </proc/${pid}/cmdline`)).not.toContain(runtime.token)
  for (const file of ['environ', 'mem', 'maps', 'fd/0', 'cwd/.']) {
    const attempt = `cat /proc/${pid}/${file} >/dev/null 2>&1 && echo read || echo denied`
    expect(await runtime.asUser('workspace', attempt)).toBe('denied')
  }
  const search = `grep -rl -e "${runtime.token}" -e planted-value /var/lib/berth /home /etc /tmp /run 2>/dev/null || true`
  expect(await runtime.asRoot(search)).toBe('/run/berth/user/env')
  expect(await runtime.asRoot(`grep -l -e "${runtime.token}" /run/berth/env || true`)).toBe('')
})

test("the image's own non-root user is used as it is", async () => {
  const prepare = 'useradd --create-home --uid 1234 --shell /bin/sh dev; groupadd -g 4321 tools; usermod -aG tools dev'
  const runtime = await keep(RuntimeContainer.create(prepare))
  expect(await runtime.boot()).toMatchObject({ ready: true, user: 'dev' })
  const probe = await TerminalProbe.attach(runtime, { create: { command: ['sh', '-c', 'id; echo $SHELL; pwd'] } })
  await probe.untilClosed()
  expect(probe.text).toBe(
    'uid=1234(dev) gid=1234(dev) groups=1234(dev),4321(tools)\r\n/bin/sh\r\n/home/dev/workspace\r\n',
  )
  expect(
    await runtime.asRoot('readlink /workspace; grep -c . /etc/passwd; getent passwd workspace || true'),
  ).not.toContain('workspace:x')
})

test('a user that is asked for and not there is made; one that is root is refused', async () => {
  const named = await keep(RuntimeContainer.create('useradd --uid 1000 other'))
  expect(await named.boot({ user: 'anna' })).toMatchObject({ ready: true, user: 'anna' })
  expect(await named.asRoot('id -u anna; ls -d /home/anna/workspace')).toBe('1001\n/home/anna/workspace')
  const root = await keep(RuntimeContainer.create())
  expect(await root.boot({ user: 'root' })).toMatchObject({ ready: false, message: expect.stringContaining('root') })
  expect(await root.runtimePids()).toEqual([])
})

test('a /workspace folder that holds something stays as it is, and an empty one becomes the link', async () => {
  const full = await keep(RuntimeContainer.booted({ prepare: 'mkdir /workspace && echo mine >/workspace/file' }))
  expect(await full.asRoot('test -L /workspace || cat /workspace/file')).toBe('mine')
  const empty = await keep(RuntimeContainer.booted({ prepare: 'mkdir /workspace' }))
  expect(await empty.asRoot('readlink /workspace')).toBe('/home/workspace/workspace')
})

test('folders that a user put where the runtime writes as root are not followed', async () => {
  const prepare = 'mkdir -p /home/workspace /victim; ln -s /victim /var/lib/berth; chmod 711 /victim'
  const runtime = await keep(RuntimeContainer.create(prepare))
  expect(await runtime.boot()).toMatchObject({ ready: false })
  expect(await runtime.asRoot(modes('/victim'))).toBe('711 root:root /victim')
})

test('five starts at once make one runtime, and each says that it is ready', async () => {
  const runtime = await keep(RuntimeContainer.create())
  const answers = await Promise.all(Array.from({ length: 5 }, () => runtime.boot()))
  expect(answers.map(({ ready }) => ready)).toEqual([true, true, true, true, true])
  expect(await runtime.runtimePids()).toHaveLength(1)
  const probe = await TerminalProbe.attach(runtime, { create: { command: ['cat'] } })
  expect(await runtime.boot()).toMatchObject({ ready: true, user: 'workspace' })
  probe.type('there\r')
  await probe.untilText('there\r\nthere')
})

test('a port that another program, or a runtime with another token, has is a refusal', async () => {
  const busy = await keep(RuntimeContainer.create())
  await busy.asRoot(
    `/opt/berth/bin/node -e "require('http').createServer((q, s) => s.end('{}')).listen(3002, () => console.log('up'))" >/tmp/out 2>&1 &
    until grep -q up /tmp/out; do :; done`,
  )
  expect(await busy.boot()).toMatchObject({ ready: false, message: expect.stringContaining('3002') })
  const ours = await keep(RuntimeContainer.booted())
  expect(await ours.boot({ token: 'x'.repeat(40) })).toMatchObject({ ready: false })
})

test('a boot line that is not one is refused without a word of what it held', async () => {
  const runtime = await keep(RuntimeContainer.create())
  for (const line of ['', 'nonsense', '{}', JSON.stringify({ workspaceId: 1, token: 'planted-value' })]) {
    const answer = await runtime.bootWith(line)
    expect(answer).toMatchObject({ ready: false })
    expect(JSON.stringify(answer)).not.toContain('planted-value')
  }
  expect(await runtime.runtimePids()).toEqual([])
})

test('asked to stop, it ends its terminals and goes; killed, it leaves no program to the next one', async () => {
  const runtime = await keep(RuntimeContainer.booted())
  const first = await TerminalProbe.attach(runtime, { create: { command: ['sh', '-c', 'echo up; sleep 7100'] } })
  await first.untilText('up')
  const [pid] = await runtime.runtimePids()
  await runtime.asRoot(`kill -TERM ${pid}; while [ -d /proc/${pid} ]; do :; done`)
  await first.untilClosed()
  expect(await runtime.programs()).toEqual([])
  await runtime.boot()
  const second = await TerminalProbe.attach(runtime, { create: { command: ['sh', '-c', 'echo up; sleep 7200'] } })
  await second.untilText('up')
  // It holds the PTY of the one before open, and hears no hang-up itself.
  const command = ['sh', '-c', 'trap "" HUP; echo up; sleep 7201']
  await (await TerminalProbe.attach(runtime, { create: { command } })).untilText('up')
  const [next] = await runtime.runtimePids()
  await runtime.asRoot(`kill -KILL ${next}`)
  expect(await runtime.boot()).toMatchObject({ ready: true })
  await expect.poll(() => runtime.programs()).toEqual([])
})
