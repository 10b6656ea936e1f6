import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runtimeTokenOf } from '../../src/agent/store/secret.ts'
import { RUNTIME_PORT } from '../../src/contract/runtime/api.ts'
import { containerName } from '../../src/domain/engine-names.ts'
import { AgentProcess, uniqueName } from '../support/agent.ts'
import { docker } from '../support/docker-inspect.ts'
import { request } from '../support/raw-request.ts'

let agent: AgentProcess
const hostile = uniqueName('hostile')
const sibling = uniqueName('sibling')

/** What a container is, as the engine tells it. */
interface Inspected {
  HostConfig: {
    Privileged: boolean
    PidsLimit: number
    Memory: number
    NanoCpus: number
    NetworkMode: string
    PidMode: string
    IpcMode: string
    UTSMode: string
    Binds: string[] | null
    CapAdd: string[] | null
    SecurityOpt: string[] | null
  }
  Mounts: { Type: string; Source: string; RW: boolean; Destination: string }[]
  NetworkSettings: {
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null>
    Networks: Record<string, { IPAddress: string; Gateway: string }>
  }
}
const inspect = async (workspace: string): Promise<Inspected> => {
  const [found] = JSON.parse(await docker('inspect', containerName(workspace))) as Inspected[]
  if (found === undefined) throw new Error(`There is no container of ${workspace}.`)
  return found
}
const networkOf = ({ NetworkSettings }: Inspected): { IPAddress: string; Gateway: string } => {
  const [network] = Object.values(NetworkSettings.Networks)
  if (network === undefined) throw new Error('It is on no network.')
  return network
}

beforeAll(async () => {
  agent = await AgentProcess.start()
  const { api } = agent.local()
  await Promise.all([hostile, sibling].map((name) => api.workspaces.create({ name })))
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

/** Runs a script in the hostile workspace as root, which its user can become by sudo. */
const asRoot = async (script: string): Promise<{ exitCode: number; stdout: string; stderr: string }> =>
  agent.local().api.workspaces.exec({ name: hostile, command: ['sudo', 'bash', '-c', script] })
/** Whether a program in the hostile workspace gets a connection there within three seconds. */
const connects = async (host: string, port: number | string): Promise<boolean> => {
  const { stdout } = await asRoot(`timeout 3 bash -c 'exec 3<>/dev/tcp/${host}/${port}' 2>/dev/null; echo $?`)
  return stdout.trim() === '0'
}
const tokenOf = async (workspace: string): Promise<string> => {
  const { id } = await agent.local().api.workspaces.get({ name: workspace })
  return runtimeTokenOf(new Uint8Array(await readFile(path.join(agent.configDir, 'secret'))), id)
}

/** Forks until it may not any more, says how often, and ends them all. */
const FORKS =
  'my @made; while (defined(my $pid = fork)) { if ($pid == 0) { sleep 600; exit } push @made, $pid } print scalar @made; kill 9, @made; wait for @made'

describe('a workspace whose programs are hostile, and root in it', () => {
  it('reaches its own service, so that what it does not reach below is out of reach', async () => {
    expect(await connects('127.0.0.1', RUNTIME_PORT)).toBe(true)
  })

  it('reaches neither the agent nor a sibling, at any address that it knows', async () => {
    const own = networkOf(await inspect(hostile))
    const other = await inspect(sibling)
    const published = Object.values(other.NetworkSettings.Ports).flatMap((bindings) => bindings ?? [])
    expect(published.length).toBeGreaterThan(0)
    expect(published.map(({ HostIp }) => HostIp)).toEqual(published.map(() => '127.0.0.1'))
    const targets: [string, number | string][] = [
      [own.Gateway, agent.port],
      [networkOf(other).IPAddress, RUNTIME_PORT],
      [networkOf(other).IPAddress, 22],
      ...published.map(({ HostPort }): [string, string] => [own.Gateway, HostPort]),
    ]
    const reached = await Promise.all(targets.map(([host, port]) => connects(host, port)))
    expect(reached).toEqual(targets.map(() => false))
  })

  it('has a token that is worth nothing: at the agent, or at the service of a sibling', async () => {
    const authorization = `Bearer ${await tokenOf(hostile)}`
    for (const at of ['/rpc/info', '/rpc/workspaces/list', '/rpc/config/credentials/get']) {
      const answer = await request(agent.url, { method: 'POST', path: at, headers: { authorization }, body: '{}' })
      expect(answer.status, at).toBe(401)
    }
    const service = `http://${networkOf(await inspect(sibling)).IPAddress}:${RUNTIME_PORT}`
    const foreign = await request(service, { path: '/api/v1/terminals', headers: { authorization } })
    expect(foreign.status).toBe(401)
    const own = await request(service, {
      path: '/api/v1/terminals',
      headers: { authorization: `Bearer ${await tokenOf(sibling)}` },
    })
    expect(own.status).not.toBe(401)
  })

  it('is bounded, shares no namespace with the computer, and has nothing of it mounted', async () => {
    const { HostConfig, Mounts } = await inspect(hostile)
    expect(HostConfig).toMatchObject({ Privileged: false, NetworkMode: 'berth', PidMode: '', UTSMode: '' })
    expect(HostConfig.IpcMode).not.toBe('host')
    expect(HostConfig.PidsLimit).toBeGreaterThan(0)
    expect(HostConfig.Memory).toBeGreaterThan(0)
    expect(HostConfig.NanoCpus).toBeGreaterThan(0)
    expect(HostConfig.CapAdd ?? []).toEqual([])
    expect(HostConfig.SecurityOpt ?? []).not.toContain('seccomp=unconfined')
    expect(Mounts.map(({ Type }) => Type)).not.toContain('bind')
  })

  it('cannot change the kernel, the service that all workspaces share, or what it is allowed', async () => {
    const tries = [
      'mount -t tmpfs none /mnt',
      'mount -o remount,rw /opt/berth',
      'touch /opt/berth/planted',
      'echo 1 > /proc/sys/kernel/panic',
      'echo c > /proc/sysrq-trigger',
      'mknod /tmp/disk b 8 0 && head -c 1 /tmp/disk',
      'insmod /dev/null',
      'unshare --mount true',
      'nsenter --target 1 --pid --mount true && test "$(readlink /proc/1/exe)" != /sbin/docker-init',
      'hostname escaped',
      'date --set=2000-01-01',
      'test -S /var/run/docker.sock || test -S /run/docker.sock',
      'test -e /dev/mem || test -e /dev/kmsg',
    ]
    const outcomes = await Promise.all(
      tries.map(async (script) => [script, (await asRoot(script)).exitCode === 0] as const),
    )
    expect(outcomes.filter(([, succeeded]) => succeeded)).toEqual([])
  })

  it('exhausts its own processes, and nobody else’s', async () => {
    const { PidsLimit } = (await inspect(hostile)).HostConfig
    const { stdout } = await asRoot(`perl -e '${FORKS}'`)
    expect(Number(stdout)).toBeGreaterThan(0)
    expect(Number(stdout)).toBeLessThan(PidsLimit)
    for (const name of [sibling, hostile])
      expect(await agent.local().api.workspaces.exec({ name, command: ['echo', 'well'] })).toMatchObject({
        exitCode: 0,
      })
  })

  it('makes the agent keep no more than a bounded part of what it says without end', async () => {
    const { stdout, truncated } = await agent
      .local()
      .api.workspaces.exec({ name: hostile, command: ['sh', '-c', 'head -c 50000000 /dev/zero | tr "\\0" x'] })
    expect(truncated).toBe(true)
    expect(stdout.length).toBeLessThan(16_777_216)
  })
})
