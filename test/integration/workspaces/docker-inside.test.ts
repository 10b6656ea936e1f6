import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containerName, dockerVolumeName, ownNetworkName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run } from '../../support/core.ts'
import { docker, dockerInspect } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'

/** The engine's own program copied with its libraries is an image that needs no registry. */
const MAKE_IMAGE =
  'set -e; mkdir -p /tmp/root/bin; cp /bin/echo /tmp/root/bin/; for lib in $(ldd /bin/echo | grep -o "/lib[^ ]*"); do mkdir -p /tmp/root$(dirname $lib); cp $lib /tmp/root$lib; done; tar -C /tmp/root -c . | docker import - made-here'

describe('a workspace with Docker inside', () => {
  const name = uniqueName('docker')
  const sibling = uniqueName('sibling')
  let fixture: CoreFixture
  beforeAll(async () => {
    fixture = await CoreFixture.start()
    await Promise.all([
      fixture.core.workspaces.create({ name, docker: 'privileged' }, { mayBecomeRoot: true }),
      fixture.core.workspaces.create({ name: sibling }),
    ])
  }, 300_000)
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
  })

  /** Settles when the engine inside answers, and still has what was made in it. */
  async function engineIsBack(): Promise<void> {
    const script = 'until docker image inspect made-here > /dev/null 2>&1; do sleep 0.2; done'
    const command = ['sh', '-c', script]
    const back = await fixture.core.workspaces.exec({ name, command, timeoutSeconds: 50 }, AbortSignal.timeout(60_000))
    expect(back.exitCode).toBe(0)
  }

  it('has an engine that its user may use, on a volume of its own', async () => {
    const info = fixture.core.workspaces.get(name)
    expect(info).toMatchObject({
      status: 'running',
      docker: 'privileged',
      image: expect.stringMatching(/^berth\.invalid\/base-docker:/),
    })
    expect(fixture.core.workspaces.get(sibling).docker).toBeUndefined()
    await run(fixture.core, name, 'sh', '-c', MAKE_IMAGE)
    expect(await run(fixture.core, name, 'docker', 'run', '--rm', 'made-here', '/bin/echo', 'from inside')).toBe(
      'from inside\n',
    )
    expect((await run(fixture.core, name, 'id', '-nG')).trim().split(' ')).toContain('docker')
    // The containers of the worker are none of its.
    expect((await run(fixture.core, name, 'docker', 'ps', '--all', '--quiet')).trim()).toBe('')
    const { Mounts } = await dockerInspect(containerName(name))
    expect(Mounts).toContainEqual(
      expect.objectContaining({ Name: dockerVolumeName(name), Destination: '/var/lib/docker' }),
    )
  })

  it('stands on a network of its own, where nobody else’s frames and nobody else is reached', async () => {
    const { HostConfig: host } = await dockerInspect(containerName(name))
    expect(host['NetworkMode']).toBe(ownNetworkName(name))
    const { host: address } = await fixture.core.workspaces.runtimeEndpoint(sibling)
    const reach = `curl --silent --max-time 3 http://${address}:3002/health`
    await expect(run(fixture.core, name, 'sh', '-c', reach)).rejects.toThrow('ended with')
    const { host: other } = await fixture.core.workspaces.runtimeEndpoint(name)
    await expect(run(fixture.core, sibling, 'sh', '-c', reach.replace(address, other))).rejects.toThrow('ended with')
    // From here both are reached: it is the networks that keep them apart.
    for (const one of [address, other]) {
      const { stdout } = await promisify(execFile)('curl', ['--silent', '--max-time', '5', `http://${one}:3002/health`])
      expect(stdout).toContain('healthy')
    }
  })

  it('has its engine again when that was killed, with all that was in it', async () => {
    await run(fixture.core, name, 'sudo', 'pkill', '-KILL', '-x', 'dockerd')
    await engineIsBack()
    expect(await run(fixture.core, name, 'cat', '/var/log/berth-docker.log')).toContain('berth: the engine ended')
  })

  it('has it again after a stop and a start', async () => {
    await fixture.core.workspaces.stop(name)
    await fixture.core.workspaces.start(name)
    await engineIsBack()
  })

  it('is started when somebody has removed its network meanwhile', async () => {
    await fixture.core.workspaces.stop(name)
    await docker('network', 'rm', ownNetworkName(name))
    await fixture.core.workspaces.start(name)
    await engineIsBack()
  })

  it('says so when the image has no engine', async () => {
    const { image } = fixture.core.workspaces.get(sibling)
    const asked = { name: uniqueName('none'), image: image ?? '', docker: true }
    const made = await fixture.core.workspaces.create(asked, { mayBecomeRoot: true })
    expect(made.failure).toMatchObject({ step: 'runtime', message: expect.stringContaining('has no dockerd') })
  })

  it('is refused where the engine cannot give it', async () => {
    const asked = fixture.core.workspaces.create({ name: uniqueName('sysbox'), docker: 'sysbox' })
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('no Sysbox') })
  })

  it('leaves neither its volume nor its network when it is deleted', async () => {
    await fixture.core.workspaces.delete(name, { force: true })
    expect((await leftOvers(fixture.engine, fixture.agentId)).filter((left) => left.includes(name))).toEqual([])
    const volumes = await docker('volume', 'ls', '--quiet', '--filter', `name=${dockerVolumeName(name)}`)
    expect(volumes).toBe('')
  })
})
