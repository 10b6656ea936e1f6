import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WorkerClient } from '../../../src/client/worker-client.ts'
import { containerName } from '../../../src/domain/engine-names.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { bareImage } from '../../support/bare-image.ts'
import { docker } from '../../support/docker-inspect.ts'
import { type ProbeOptions, TerminalProbe } from '../../support/terminal-probe.ts'

const name = uniqueName('bare')
/** A busy computer takes its time to start a dozen programs. */

/** What a process has in memory now (`VmRSS`, proc(5)). */
async function residentBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 'self'}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

describe('a workspace of an image that cannot run the runtime', () => {
  let agent: AgentProcess
  let token = ''
  let api: WorkerClient['api']
  beforeAll(async () => {
    const image = await bareImage('bare')
    agent = await AgentProcess.start()
    token = (await agent.pair()).token
    api = agent.local().api
    expect(await api.workspaces.create({ name, image, env: { PLANTED: "it's\nhere" } })).toMatchObject({
      status: 'running',
    })
  })
  afterAll(async () => {
    await agent[Symbol.asyncDispose]()
  })

  const open = (options: ProbeOptions = {}): Promise<TerminalProbe> =>
    TerminalProbe.attach({ url: agent.url, token, path: `/terminal/${name}` }, options)
  // What one test leaves when it fails is not to fail the next.
  afterEach(async () => {
    for (const { id } of await api.terminals.list({ workspace: name })) {
      await api.terminals.close({ workspace: name, terminal: id })
    }
  })

  const close = (terminal: TerminalProbe): Promise<unknown> =>
    api.terminals.close({ workspace: name, terminal: terminal.terminal })
  /** What runs in the container beside what keeps it. */
  const programs = async (): Promise<string[]> => {
    const lines = (await docker('top', containerName(name), '-o', 'pid,args')).split('\n').slice(1)
    return lines
      .map((line) => line.trim().replace(/^\d+\s+/, ''))
      .filter((line) => !/docker-init|sleep infinity$/.test(line))
  }

  it('refuses files, and says how else they come in', async () => {
    const file = { name: 'x', size: 0, stream: () => new Blob().stream() }
    await expect(agent.remote(token).files.upload({ workspace: name, source: file })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      hint: expect.stringContaining('docker cp'),
    })
  })

  it('says what is missing in plain words, and is not tried again', async () => {
    const { runtime } = await api.workspaces.get({ name })
    expect(runtime).toMatchObject({ status: 'unsupported', message: expect.stringContaining('no glibc') })
    // Nothing is under way: the engine is asked for nothing more, and no change is told.
    const since = new Date().toISOString()
    await open().then((terminal) => api.terminals.close({ workspace: name, terminal: terminal.terminal }))
    const told = await docker(
      'events',
      '--since',
      since,
      '--until',
      new Date().toISOString(),
      '--filter',
      `container=${containerName(name)}`,
      '--filter',
      'event=exec_create',
      '--format',
      '{{.Action}}',
    )
    expect(told).toContain('/bin/sh')
    expect(told).not.toContain('runtime.cjs')
  })

  it('has terminals: they type, echo, are resized, know the environment, and end with a code', async () => {
    const terminal = await open({ cols: 91, rows: 31 })
    terminal.type('stty size; echo "got: $PLANTED in $PWD"\n')
    await terminal.untilText(/31 91\r\n[\s\S]*got: it's\r\nhere in \/home\/workspace/)
    terminal.say({ type: 'resize', cols: 120, rows: 40 })
    terminal.type('trap "stty size" WINCH; while [ "$(stty size)" != "40 120" ]; do :; done; echo resized\n')
    await terminal.untilText('resized\r\n')
    terminal.type('\x10\x11echo keys\n')
    await terminal.untilText('keys\r\n')
    terminal.type('exit 7\n')
    await terminal.untilClosed()
    expect(terminal.find('exit')).toMatchObject({ code: 7 })
    expect(terminal.inputAcked).toBeGreaterThan(0)
  })

  it('gives whoever comes back what was printed meanwhile', async () => {
    const first = await open()
    first.type('echo one; read answer; echo two $answer\n')
    await first.untilText('one\r\n')
    first.drop()
    const second = await open({ terminal: first.terminal, client: first.client, after: first.offset })
    second.type('back\n')
    await second.untilText('two back\r\n')
    expect(second.attached.offset).toBe(first.offset)
    const listed = await api.terminals.list({ workspace: name })
    expect(listed.find(({ id }) => id === first.terminal)).toMatchObject({ clients: 1, workspace: name })
    await close(first)
  })

  it('leaves nothing of a terminal that is closed: background jobs, new sessions, deaf programs', async () => {
    const terminal = await open()
    terminal.type(
      "sleep 1001 & sh -c 'setsid sleep 1002; :' & sh -c 'trap \"\" HUP TERM; sleep 1003; sleep 1003' & echo rea''dy\n",
    )
    await terminal.untilText('ready\r\n')
    await expect.poll(programs).toHaveLength(6)
    await close(terminal)
    expect(await programs()).toEqual([])
    await terminal.untilClosed()
    await expect(close(terminal)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('holds a flood back where nobody reads, and keeps what it knows of it small', async () => {
    const terminal = await open({ create: { command: ['yes', 'x'.repeat(1000)] }, acknowledges: false })
    await terminal.until(() => terminal.offset >= 1_048_576)
    const held = terminal.offset
    const memory = await residentBytes(agent.pid)
    await docker('exec', containerName(name), 'sleep', '1')
    expect(terminal.offset).toBe(held)
    expect((await residentBytes(agent.pid)) - memory).toBeLessThan(50_000_000)
    await close(terminal)
    expect(await programs()).toEqual([])
  })

  it('runs commands: streams apart, input, environment, exit code; a timeout ends them by pid', async () => {
    const exec = (command: string[], more: object = {}) => api.workspaces.exec({ name, command, ...more })
    const script = 'cat; echo "$OWN|$PLANTED|$PWD" >&2; exit 4'
    expect(await exec(['sh', '-c', script], { stdin: 'in\nput', env: { OWN: "a'b" }, cwd: '/tmp' })).toMatchObject({
      exitCode: 126,
    })
    expect(await exec(['sh', '-c', script], { stdin: 'in\nput', env: { OWN: "a'b\nc" }, cwd: '/bin' })).toEqual({
      exitCode: 4,
      stdout: 'in\nput',
      stderr: "a'b\nc|it's\nhere|/bin\n",
      truncated: false,
    })
    await expect(exec(['sh', '-c', 'sleep 1004 & sleep 1005'], { timeoutSeconds: 1 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
    expect(await programs()).toEqual([])
    expect(await docker('inspect', containerName(name))).not.toContain('PLANTED')
  })

  it('cannot say what a deletion would lose, and says why', async () => {
    const report = await api.workspaces.deletionReport({ name })
    expect(report).toMatchObject({
      clean: false,
      reasons: [{ kind: 'unknown', message: expect.stringContaining('glibc') }],
    })
  })

  it('lets programs save what they hold when it is stopped, and starts again', async () => {
    const terminal = await open()
    terminal.type(
      `cd; sh -c 'trap "" HUP; trap "sleep 0.3; echo saved > /home/workspace/saved; exit" TERM; echo wai""ting; while :; do sleep 0.1; done'\n`,
    )
    await terminal.untilText('waiting\r\n')
    await api.workspaces.stop({ name })
    await terminal.untilClosed()
    expect(terminal.closed).toBe(1012)
    expect(await api.workspaces.start({ name })).toMatchObject({
      status: 'running',
      runtime: { status: 'unsupported' },
    })
    const read = await api.workspaces.exec({ name, command: ['cat', '/home/workspace/saved'] })
    expect(read.stdout).toBe('saved\n')
    expect(await api.terminals.list({ workspace: name })).toEqual([])
  })

  it('ends what an agent that was killed has left running, and says so to whoever comes back', async () => {
    const terminal = await open()
    terminal.type(`sh -c 'setsid sleep 1006; :' & sleep 1007 & echo rea""dy\n`)
    await terminal.untilText('ready\r\n')
    await expect.poll(programs).toHaveLength(4)
    await agent.end('SIGKILL')
    expect(await programs()).toHaveLength(4)
    await agent.launch()
    await expect.poll(programs).toEqual([])
    const again = await open({
      terminal: terminal.terminal,
      client: terminal.client,
      after: terminal.offset,
      create: undefined,
    })
    await again.untilClosed()
    expect(again.messages).toMatchObject([{ type: 'error', code: 'NOT_FOUND' }])
  })
})

describe('images that lack more, or have a user of their own', () => {
  let agent: AgentProcess
  let token = ''
  beforeAll(async () => {
    agent = await AgentProcess.start()
    token = (await agent.pair()).token
  })
  afterAll(async () => {
    await agent[Symbol.asyncDispose]()
  })

  it('runs programs as the user of the image, whose home and environment are nobody else’s', async () => {
    const own = uniqueName('bare-user')
    const { api } = agent.local()
    await api.workspaces.create({ name: own, image: await bareImage('bare-user', 'USER 1234:1234'), env: { KEY: 'v' } })
    const script =
      'id -u; id -g; touch "$WORKSPACE_PATH/mine" && stat -c %a:%u /run/berth/env; echo $KEY; readlink /workspace'
    const { stdout } = await api.workspaces.exec({ name: own, command: ['sh', '-c', script] })
    expect(stdout).toMatch(/^1234\n1234\n600:1234\nv\n\/home\/\w+\n$/)
  })

  it('says so where there is not even a shell', async () => {
    const own = uniqueName('bare-shell')
    const { api } = agent.local()
    const image = await bareImage('bare-shell', 'RUN ["/bin/busybox", "rm", "/bin/sh", "/bin/ash"]')
    expect(await api.workspaces.create({ name: own, image })).toMatchObject({ status: 'running' })
    const told = { code: 'PRECONDITION_FAILED', message: expect.stringContaining('no shell (/bin/sh)') }
    await expect(api.workspaces.exec({ name: own, command: ['/bin/true'] })).rejects.toMatchObject(told)
    const terminal = await TerminalProbe.attach({ url: agent.url, token, path: `/terminal/${own}` })
    await terminal.untilClosed()
    expect(terminal.text).toContain('no shell (/bin/sh)')
    expect(terminal.find('exit')).toMatchObject({ code: 126 })
    expect(await api.workspaces.stop({ name: own })).toMatchObject({ status: 'stopped' })
  })
})
