import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BuildNetwork } from '../../../src/agent/engine/engine.ts'
import { TemplateImages } from '../../../src/agent/engine/images/template-images.ts'
import type { Template } from '../../../src/agent/templates/template.ts'
import { docker } from '../../support/docker-inspect.ts'
import { openEngine } from '../../support/engine.ts'

const BASE_IMAGE = 'debian:bookworm-slim'

/** A package mirror that only this computer's own network leads to. */
describe('a template that takes packages from a mirror', () => {
  const mirror = http.createServer((request, response) => {
    response.statusCode = request.url === '/./Packages' ? 200 : 404
    response.end()
  })
  let resourcesDir = ''
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', () => resolve()))
    port = (mirror.address() as AddressInfo).port
    resourcesDir = await mkdtemp(path.join(os.tmpdir(), 'berth-resources-'))
  })
  afterAll(async () => {
    mirror.closeAllConnections()
    mirror.close()
    const made = await docker('images', '--quiet', '--filter', `label=berth.test=${path.basename(resourcesDir)}`)
    for (const image of new Set(made.split('\n').filter(Boolean))) await docker('rmi', '-f', image)
    await rm(resourcesDir, { recursive: true })
  })

  /** Builds it on these networks; the reference, and what was told meanwhile. */
  async function build(networks: readonly BuildNetwork[]): Promise<{ reference: string; told: string[] }> {
    const name = `test-${randomBytes(4).toString('hex')}`
    const source = `deb [trusted=yes] http://127.0.0.1:${port} ./`
    const lines = [
      'ARG BASE_IMAGE',
      'FROM $BASE_IMAGE',
      // What a build that failed leaves has it too.
      `LABEL berth.test=${path.basename(resourcesDir)}`,
      `RUN echo ${name} && rm -rf /etc/apt/sources.list* && echo '${source}' > /etc/apt/sources.list`,
      'RUN apt-get -o Acquire::Retries=0 -o APT::Update::Error-Mode=any update',
    ]
    await mkdir(path.join(resourcesDir, name))
    await writeFile(path.join(resourcesDir, name, 'Dockerfile'), lines.join('\n'))
    const deps = { agentId: name, baseImage: BASE_IMAGE, networks, environment: {} }
    const layers = { find: () => undefined, dockerFolder: '' }
    const images = new TemplateImages({ ...deps, layers, log: pino({ level: 'silent' }) })
    const folder = path.join(resourcesDir, name)
    const template: Template = { name, description: '', source: { kind: 'built-in', folder }, home: '/home/workspace' }
    const told: string[] = []
    const onProgress = ({ detail }: { detail: string }): void => void told.push(detail)
    const { reference } = await images.ensure(
      await openEngine(),
      { template, hasDocker: false },
      {
        onProgress,
        signal: new AbortController().signal,
      },
    )
    return { reference, told }
  }

  it('is built on this computer’s network where containers reach nothing, and says so', async () => {
    const { reference, told } = await build(['none', 'host'])
    expect(await docker('image', 'inspect', '--format', '{{.Id}}', reference)).toMatch(/^sha256:/)
    expect(told.some((detail) => /Containers reach no server.*Could not connect to 127\.0\.0\.1/.test(detail))).toBe(
      true,
    )
    expect(told.some((detail) => /on this computer’s network: Step 5 of \d/.test(detail))).toBe(true)
  })

  it('fails with what apt said where nothing reaches it', async () => {
    await expect(build(['none', 'none'])).rejects.toMatchObject({
      code: 'ENGINE_ERROR',
      message: expect.stringMatching(/Could not connect to 127\.0\.0\.1/),
      hint: expect.stringMatching(/VPN, firewall, proxy/),
    })
  })
})
