import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, makeConfigDir, run } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'

describe('a workspace whose template has changed', () => {
  const name = uniqueName('rebuilt')
  const other = uniqueName('other')
  const base = `berth-test/${uniqueName('base')}:1`
  const mine = uniqueName('mine')
  let fixture: CoreFixture
  let folder = ''

  async function writeTemplate(...lines: string[]): Promise<void> {
    await writeFile(path.join(folder, 'Dockerfile'), [`FROM ${base}`, ...lines].join('\n'))
  }

  beforeAll(async () => {
    const configDir = await makeConfigDir({ templates: { [mine]: { folder: 'mine' } } })
    folder = path.join(configDir, 'mine')
    await mkdir(folder)
    fixture = await CoreFixture.start({ configDir })
    const made = await fixture.core.workspaces.create({ name: other })
    await docker('tag', made.image ?? '', base)
    await writeTemplate('RUN echo first > /made-of')
    await fixture.core.workspaces.create({ name, template: mine, env: { KEPT: 'so' } })
  })
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
    const label = ['--filter', `label=berth.builder=${fixture.agentId}`, '--filter', `label=berth.template=${mine}`]
    const own = await docker('images', '--quiet', ...label)
    for (const id of new Set([...own.split('\n').filter(Boolean), base])) await docker('rmi', '-f', id)
  })

  it('has the whole output of its build in its log', async () => {
    expect(await fixture.core.workspaces.logs(name, 500)).toMatch(/Step 2\/\d : RUN echo first > \/made-of/)
  })

  it('is known to be outdated by the next agent', async () => {
    expect(fixture.core.workspaces.get(name).isOutdated).toBeUndefined()
    await writeTemplate('RUN echo second > /made-of')
    await fixture.restartCore()
    await expect.poll(() => fixture.core.workspaces.get(name).isOutdated).toBe(true)
    expect(fixture.core.workspaces.get(other).isOutdated).toBeUndefined()
  })

  it('stays as it is while its new image cannot be built', async () => {
    await writeTemplate('RUN echo why it fails >&2 && false')
    const { containerId } = fixture.core.workspaces.get(name)
    await expect(fixture.core.workspaces.rebuild(name)).rejects.toMatchObject({
      code: 'ENGINE_ERROR',
      message: expect.stringContaining('why it fails'),
    })
    expect(fixture.core.workspaces.get(name)).toMatchObject({ status: 'running', containerId })
    expect(await run(fixture.core, name, 'cat', '/made-of')).toBe('first\n')
  })

  it('is made anew with its home, ports and environment, and without what lay elsewhere', async () => {
    await writeTemplate('RUN echo second > /made-of')
    await run(fixture.core, name, 'sh', '-c', 'echo kept > ~/file; sudo touch /lost')
    const before = fixture.core.workspaces.get(name)
    const after = await fixture.core.workspaces.rebuild(name)
    expect(after).toMatchObject({ status: 'running', ports: before.ports, id: before.id })
    expect(after.isOutdated).toBeUndefined()
    expect(after.containerId).not.toBe(before.containerId)
    const look = 'cat /made-of ~/file; printenv KEPT; test -e /lost || echo gone'
    expect(await run(fixture.core, name, 'sh', '-c', look)).toBe('second\nkept\nso\ngone\n')
    // The image before is nobody's any more; that of the base template is.
    const images = async (): Promise<string> => docker('images', '--format', '{{.Repository}}:{{.Tag}}')
    await expect.poll(images).not.toContain(before.image)
    expect(await images()).toContain(after.image)
    expect(await images()).toContain(fixture.core.workspaces.get(other).image)
  })
})
