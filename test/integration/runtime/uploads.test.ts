import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { CLOSE } from '../../../src/contract/terminal/limits.ts'
import { MOST_UPLOAD_BYTES, UPLOAD_PIECE_BYTES } from '../../../src/contract/upload/limits.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'
import { UploadProbe } from '../../support/upload-probe.ts'

/** A busy computer takes its time for a command in a container. */
const PATIENT = { timeout: 20_000 }
const WORK = '/home/workspace/workspace'
let runtime: RuntimeContainer
beforeAll(async () => {
  runtime = await RuntimeContainer.booted()
})
afterAll(async () => {
  await runtime[Symbol.asyncDispose]()
})

const content = async (path: string, from = runtime): Promise<string> => await from.asRoot(`base64 -w0 '${path}'`)
/** All that is in the home, hidden or not, by name. */
const drafts = (from = runtime): Promise<string> => from.asRoot("find / -xdev -name '.berth-upload-*' 2>/dev/null; :")
const upload = (name: string, bytes: Buffer | string, terminal?: string): Promise<string> =>
  UploadProbe.upload(runtime, { name, ...(terminal !== undefined && { terminal }) }, Buffer.from(bytes))

describe('a file', () => {
  it('is there whole, and is the user’s', async () => {
    const bytes = randomBytes(300_000)
    const path = await upload('photo.png', bytes)
    expect(path).toBe(`${WORK}/photo.png`)
    expect(await content(path)).toBe(bytes.toString('base64'))
    expect(await runtime.asRoot(`stat -c '%U %a %h' ${path}`)).toBe('workspace 644 1')
  })

  it('may be empty', async () => {
    expect(await runtime.asRoot(`stat -c %s ${await upload('empty', '')}`)).toBe('0')
  })

  it('takes the place of none, not even of one that comes at the same time', async () => {
    const files = Array.from({ length: 8 }, (_, index) => `content ${index}`)
    const paths = await Promise.all(files.map((text) => upload('same.txt', text)))
    expect(new Set(paths).size).toBe(files.length)
    for (const [index, path] of paths.entries())
      expect(await content(path)).toBe(Buffer.from(files[index] ?? '').toString('base64'))
    expect(paths.toSorted()[0]).toBe(`${WORK}/same-2.txt`)
  })

  it.each([
    ['../../../etc/cron.d/evil', `${WORK}/evil`],
    ['/etc/profile.d/evil.sh', `${WORK}/evil.sh`],
    ['..', `${WORK}/file`],
    ['C:\\Users\\me\\report.doc', `${WORK}/report.doc`],
    ['line\nbreak\u0000\u001b[2J.txt', `${WORK}/linebreak[2J.txt`],
  ])('called %j stays in its folder', async (name, expected) => {
    expect(await upload(name, 'x')).toBe(expected)
  })

  it('follows no link, and leaves what it leads to', async () => {
    await runtime.asUser(
      'workspace',
      `echo safe > ~/victim; ln -s ~/victim ${WORK}/linked; ln -s /nowhere ${WORK}/dangling`,
    )
    expect(await upload('linked', 'x')).toBe(`${WORK}/linked-2`)
    expect(await upload('dangling', 'x')).toBe(`${WORK}/dangling-2`)
    expect(await runtime.asRoot('cat /home/workspace/victim')).toBe('safe')
  })
})

describe('a file that is dropped on a terminal', () => {
  const folderOf = async (script: string): Promise<string> => {
    const command = ['bash', '-c', `${script}; echo there; cat`]
    const terminal = await TerminalProbe.attach(runtime, { create: { command } })
    await terminal.untilText('there')
    const path = await upload('dropped', 'x', terminal.terminal)
    terminal.drop()
    return path.slice(0, path.lastIndexOf('/'))
  }

  it('goes where the program in its foreground is', async () => {
    expect(await folderOf('mkdir -p ~/a/b; cd ~/a/b')).toBe('/home/workspace/a/b')
  })

  it.each([
    ['is no place of the home', 'cd /tmp'],
    ['may not be written to', 'mkdir -p ~/closed; chmod 500 ~/closed; cd ~/closed'],
    ['is gone', 'mkdir -p ~/gone; cd ~/gone; rmdir ~/gone'],
    ['is a link out of the home', 'ln -sfn /var/tmp ~/out; cd ~/out'],
  ])('goes to the work folder where that %s', async (_, script) => {
    expect(await folderOf(script)).toBe(WORK)
  })

  it('goes to the work folder where there is no such terminal', async () => {
    expect(await upload('lost', 'x', '0b0e6e2c-5c5e-4c8e-9d0f-3f2f0a3b1c11')).toBe(`${WORK}/lost`)
  })
})

describe('what is cut off', () => {
  it('leaves nothing', async () => {
    const probe = await UploadProbe.begin(runtime, { name: 'half.bin', size: 1_000_000 })
    probe.send(randomBytes(500_000))
    await probe.until(() => probe.taken > 0)
    expect(await drafts()).not.toBe('')
    expect(await runtime.asRoot(`ls ${WORK}`)).not.toContain('half.bin')
    probe.socket.terminate()
    await expect.poll(() => drafts(), PATIENT).toBe('')
    expect(await runtime.asRoot(`ls ${WORK}`)).not.toContain('half.bin')
  })

  it('leaves nothing when the runtime stops, nor when it was killed and the next one came', async () => {
    await using own = await RuntimeContainer.booted()
    for (const signal of ['TERM', 'KILL']) {
      const probe = await UploadProbe.begin(own, { name: 'half.bin', size: 1_000_000 })
      probe.send(randomBytes(500_000))
      await probe.until(() => probe.taken > 0)
      const [pid] = await own.runtimePids()
      await own.asRoot(`kill -${signal} ${pid}`)
      await probe.untilClosed()
      await expect.poll(() => own.runtimePids(), PATIENT).toEqual([])
      if (signal === 'TERM') expect(await drafts(own)).toBe('')
      expect(await own.boot()).toMatchObject({ ready: true })
      expect(await drafts(own)).toBe('')
      expect(await own.asRoot(`ls ${WORK} /var/lib/berth`)).not.toMatch(/half|\.upload/)
    }
  })
})

describe('a full disk', () => {
  const small = async (): Promise<RuntimeContainer> => {
    const container = await RuntimeContainer.create(undefined, { tmpfs: '/home/workspace:size=8m,mode=0755' })
    expect(await container.boot()).toMatchObject({ ready: true })
    return container
  }

  it('is said before the first byte where there is no room', async () => {
    await using container = await small()
    const probe = await UploadProbe.begin(container, { name: 'large', size: 20_000_000 })
    await probe.untilClosed()
    expect(probe.answers).toMatchObject([
      {
        type: 'error',
        code: 'PRECONDITION_FAILED',
        message: expect.stringMatching(/has \d MiB left/),
        hint: expect.any(String),
      },
    ])
    expect(probe.closed).toBe(CLOSE.refused)
  })

  it('is said when it comes to be full, and nothing is left', async () => {
    await using container = await small()
    const probe = await UploadProbe.begin(container, { name: 'large', size: 6_000_000 })
    probe.send(Buffer.alloc(1_000_000))
    await probe.until(() => probe.taken > 0)
    await container.asRoot('head -c 20M /dev/zero > /home/workspace/filler 2>/dev/null; :')
    probe.send(Buffer.alloc(5_000_000))
    await probe.untilClosed()
    expect(probe.last).toMatchObject({
      type: 'error',
      code: 'PRECONDITION_FAILED',
      message: expect.stringContaining('full'),
    })
    await expect.poll(() => drafts(container), PATIENT).toBe('')
    expect(await container.asRoot(`ls ${WORK}`)).toBe('')
    await container.asRoot('rm /home/workspace/filler')
    expect(await UploadProbe.upload(container, { name: 'small' }, Buffer.from('x'))).toBe(`${WORK}/small`)
  })
})

const request = { type: 'upload', name: 'x', size: 10 }
const refused: [string, (string | Buffer)[]][] = [
  ['no JSON', ['nonsense']],
  ['bytes first', [Buffer.from('bytes')]],
  ['no name', [JSON.stringify({ ...request, name: '' })]],
  ['a folder of its own choice', [JSON.stringify({ ...request, folder: '/etc' })]],
  ['a terminal that is a path', [JSON.stringify({ ...request, terminal: '../../x' })]],
  ['a negative size', [JSON.stringify({ ...request, size: -1 })]],
  ['more than may be', [JSON.stringify({ ...request, size: MOST_UPLOAD_BYTES + 1 })]],
  ['text in place of bytes', [JSON.stringify(request), 'text']],
  ['an empty piece, which would keep it waiting for ever', [JSON.stringify(request), Buffer.alloc(0)]],
  ['more than was announced', [JSON.stringify(request), Buffer.alloc(11)]],
  ['too much in one message', [JSON.stringify({ ...request, size: 1e6 }), Buffer.alloc(UPLOAD_PIECE_BYTES + 1)]],
]

test.each(refused)('%s is refused, and leaves nothing', async (_, messages) => {
  const probe = await UploadProbe.connect(runtime)
  for (const message of messages) probe.socket.send(message)
  await probe.untilClosed()
  expect(probe.last).toMatchObject({ type: 'error', code: 'BAD_REQUEST' })
  expect(probe.closed).toBe(CLOSE.refused)
  await expect.poll(() => drafts(), PATIENT).toBe('')
})
