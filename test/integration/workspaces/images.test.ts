import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { layersOf } from '../../../src/agent/engine/images/layers.ts'
import { localDebianProblem, makeLocalDebian } from '../../../src/agent/engine/images/local-debian.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, collectEvents, run } from '../../support/core.ts'
import { RESOURCES_DIR } from '../../support/core-folders.ts'
import { docker } from '../../support/docker-inspect.ts'
import { openEngine } from '../../support/engine.ts'

const ONE = uniqueName('one')
const TWO = uniqueName('two')
const BROKEN = uniqueName('broken')
const TRUSTING = uniqueName('trusting')
const UNWANTED = uniqueName('unwanted')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Resources whose template `base` is built from these lines; its image is removed at the end. */
async function resourcesWith(...lines: string[]): Promise<string> {
  const resourcesDir = await mkdtemp(path.join(os.tmpdir(), 'berth-resources-'))
  closing.push(() => rm(resourcesDir, { recursive: true }))
  await cp(RESOURCES_DIR, resourcesDir, { recursive: true })
  const user = 'RUN useradd --uid 1000 --user-group --create-home --shell /bin/bash workspace'
  // The label first: what a build that was ended leaves has it too.
  const label = `LABEL berth.test=${path.basename(resourcesDir)}`
  const text = ['ARG BASE_IMAGE', 'FROM $BASE_IMAGE', label, user, ...lines].join('\n')
  await writeFile(path.join(resourcesDir, 'images/base/Dockerfile'), text)
  closing.push(async () => {
    const images = await docker('images', '--quiet', '--filter', `label=berth.test=${path.basename(resourcesDir)}`)
    for (const image of new Set(images.split('\n').filter(Boolean))) {
      // A build that was ended may not have let go of its container yet.
      const users = await docker('ps', '--all', '--quiet', '--filter', `ancestor=${image}`)
      for (const container of users.split('\n').filter(Boolean))
        await docker('rm', '--force', container).catch(() => '')
      await docker('rmi', '-f', image)
    }
  })
  return resourcesDir
}

async function fixtureWith(resourcesDir: string, config: Record<string, unknown> = {}): Promise<CoreFixture> {
  const fixture = await CoreFixture.start({ resourcesDir, config })
  closing.push(() => fixture[Symbol.asyncDispose]())
  return fixture
}

describe('the image of a template', () => {
  it('is built once for all who wait for it, and its steps are told to each', async () => {
    const { core } = await fixtureWith(await resourcesWith(`RUN echo ${randomBytes(8).toString('hex')} > /made`))
    const { events, stop } = collectEvents(core)
    const made = await Promise.all([ONE, TWO].map((name) => core.workspaces.create({ name })))
    stop()
    expect(made.map(({ status }) => status)).toEqual(['running', 'running'])
    const [one, two] = await Promise.all(
      [ONE, TWO].map((name) => core.workspaces.exec({ name, command: ['cat', '/made'] }, AbortSignal.timeout(20_000))),
    )
    expect(one?.stdout).toBe(two?.stdout)
    for (const name of [ONE, TWO]) {
      const details = events.flatMap((event) =>
        event.type === 'workspace.step' && event.name === name ? [event.step.detail ?? ''] : [],
      )
      expect(details.some((detail) => /^Step \d of \d: /.test(detail))).toBe(true)
    }
  })

  it('that cannot be built leaves a workspace that says so and is started when it is mended', async () => {
    const mended = await resourcesWith()
    const resourcesDir = await resourcesWith('RUN echo this is why >&2 && false')
    const { core } = await fixtureWith(resourcesDir)
    const failed = await core.workspaces.create({ name: BROKEN })
    expect(failed).toMatchObject({
      status: 'error',
      failure: { step: 'image', code: 'ENGINE_ERROR', hint: expect.any(String) },
    })
    expect(failed.steps?.map(({ state }) => state)).toEqual(['done', 'failed', 'pending', 'pending', 'pending'])
    await expect(core.workspaces.start(BROKEN)).rejects.toMatchObject({ code: 'ENGINE_ERROR' })
    await cp(path.join(mended, 'images'), path.join(resourcesDir, 'images'), { recursive: true })
    expect(await core.workspaces.start(BROKEN)).toMatchObject({ status: 'running' })
  })

  it('is never one that somebody had pulled under a name of which the digest is known', async () => {
    const resourcesDir = await resourcesWith(`RUN echo ours ${randomBytes(8).toString('hex')} > /made`)
    const folder = path.join(resourcesDir, 'images/base')
    const template = { name: 'base', description: '', source: { kind: 'built-in', folder } } as const
    const layers = { dockerFolder: '', find: () => undefined }
    const [layer] = await layersOf({ template, hasDocker: false }, layers)
    const tag = layer?.reference.split(':').at(-1) ?? ''
    const planted = ['berth/base', 'localhost/berth/base'].map((name) => `${name}:${tag}`)
    for (const name of planted) {
      await docker('tag', 'debian:bookworm-slim', name)
      closing.push(() => docker('rmi', name))
    }
    const { core } = await fixtureWith(resourcesDir)
    const made = await core.workspaces.create({ name: TRUSTING })
    expect(made).toMatchObject({ status: 'running', image: layer?.reference })
    expect(await run(core, TRUSTING, 'cat', '/made')).toMatch(/^ours /)
  })

  it('is not built on for a workspace that is deleted meanwhile', async () => {
    const { core } = await fixtureWith(await resourcesWith('RUN sleep 100'))
    const outcome = core.workspaces.create({ name: UNWANTED }).catch((error: unknown) => error)
    for await (const event of core.events.subscribe(undefined, AbortSignal.timeout(20_000))) {
      if (event.type === 'workspace.step' && event.step.detail?.includes('sleep 100') === true) break
    }
    await core.workspaces.delete(UNWANTED, { force: true })
    expect(await outcome).toMatchObject({ code: 'CONFLICT' })
    expect(core.workspaces.list()).toEqual([])
  })
})

describe.skipIf((await localDebianProblem()) !== undefined)('where no registry gives a Debian', () => {
  it('one is made on this computer, with apt working in it', async () => {
    const engine = await openEngine()
    const reference = `berth-test/debian:${randomBytes(4).toString('hex')}`
    closing.push(() => docker('rmi', '-f', reference))
    const told: string[] = []
    const waiter = {
      onProgress: ({ detail }: { detail: string }) => told.push(detail),
      signal: new AbortController().signal,
    }
    await makeLocalDebian(engine, waiter, reference)
    expect(told.some((detail) => detail.includes('making a Debian here'))).toBe(true)
    expect(await docker('run', '--rm', reference, 'cat', '/etc/os-release')).toContain('VERSION_CODENAME=bookworm')
    await docker('run', '--rm', reference, 'apt-get', 'update', '-qq')
  }, 600_000)
})
