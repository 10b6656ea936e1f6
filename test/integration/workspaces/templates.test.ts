import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containerName, homeVolumeName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, makeConfigDir, run } from '../../support/core.ts'
import { docker, dockerInspect } from '../../support/docker-inspect.ts'

/** A registry that is not there: nothing listens on port 1. */
const NO_REGISTRY = 'localhost:1/nothing:1'

describe('what a workspace is made from', () => {
  const image = `berth-test/${uniqueName('image')}:1`
  let fixture: CoreFixture
  let folder = ''
  beforeAll(async () => {
    const configDir = await makeConfigDir({
      templates: {
        mine: { folder: 'mine', description: 'My own', resources: { cpus: 0.5 } },
        named: { image },
        absent: { image: NO_REGISTRY },
        base: { image },
      },
    })
    folder = path.join(configDir, 'mine')
    await mkdir(folder)
    fixture = await CoreFixture.start({ configDir })
  })
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
    const label = ['--filter', `label=berth.builder=${fixture.agentId}`, '--filter', 'label=berth.template=mine']
    const own = await docker('images', '--quiet', ...label)
    for (const id of new Set([...own.split('\n').filter(Boolean), image])) await docker('rmi', '-f', id)
  })

  it('is a template of Berth’s own, or one of the user’s, which does not take the place of the other', async () => {
    const made = await fixture.core.workspaces.create({ name: uniqueName('base') })
    expect(made).toMatchObject({
      status: 'running',
      template: 'base',
      image: expect.stringMatching(/^berth\.invalid\/base:/),
    })
    await docker('tag', made.image ?? '', image)
    const { templates } = fixture.core
    expect(templates().map(({ name, origin }) => `${origin} ${name}`)).toEqual([
      'berth base',
      'berth bun-typescript',
      'berth python',
      'berth go',
      'config mine',
      'config named',
      'config absent',
      'config base',
    ])
  })

  it('is the user’s Dockerfile, built without what it ignores, with its home where the image has it', async () => {
    const from = `FROM ${image}`
    const home = 'RUN usermod --home /srv/someone --move-home workspace'
    await writeFile(path.join(folder, 'Dockerfile'), [from, home, 'COPY . /copied'].join('\n'))
    await writeFile(path.join(folder, '.dockerignore'), '*.key\n')
    await writeFile(path.join(folder, 'kept.txt'), 'kept')
    await writeFile(path.join(folder, 'secret.key'), 'secret')
    const name = uniqueName('mine')
    const made = await fixture.core.workspaces.create({ name, template: 'mine' })
    expect(made.failure).toBeUndefined()
    expect(made).toMatchObject({ status: 'running', template: 'mine', resources: { cpus: 0.5 } })
    expect(made.image).toMatch(/^berth\.invalid\/mine:[0-9a-f]{12}$/)
    expect((await run(fixture.core, name, 'ls', '/copied')).split('\n')).toEqual(['Dockerfile', 'kept.txt', ''])
    expect((await run(fixture.core, name, 'sh', '-c', 'echo ~')).trim()).toBe('/srv/someone')
    const { Mounts } = await dockerInspect(containerName(name))
    expect(Mounts).toContainEqual(expect.objectContaining({ Name: homeVolumeName(name), Destination: '/srv/someone' }))
    const inspected = await docker('image', 'inspect', '--format', '{{json .Config.Labels}}', made.image ?? '')
    expect(JSON.parse(inspected)).toMatchObject({ 'berth.builder': fixture.agentId, 'berth.image': made.image })
  })

  it('is an image by its name', async () => {
    const { workspaces } = fixture.core
    const name = uniqueName('byname')
    expect(await workspaces.create({ name, image })).toMatchObject({ status: 'running', template: 'image', image })
    await expect(workspaces.create({ name: uniqueName('both'), image, template: 'base' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    const named = await workspaces.create({ name: uniqueName('named'), template: 'named' })
    expect(named).toMatchObject({ status: 'running', template: 'named', image })
  })

  it('fails with the image’s name and the registry’s words where it cannot be had', async () => {
    for (const asked of [{ image: NO_REGISTRY }, { template: 'absent' }]) {
      const made = await fixture.core.workspaces.create({ name: uniqueName('absent'), ...asked })
      expect(made).toMatchObject({
        status: 'error',
        failure: {
          step: 'image',
          code: 'ENGINE_ERROR',
          message: expect.stringMatching(/This worker has no image localhost:1\/nothing:1.*connection refused/),
          hint: expect.stringContaining('docker load'),
        },
      })
    }
  })
})
