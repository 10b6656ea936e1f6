import type Docker from 'dockerode'
import { z } from 'zod'
import type { Container, ContainerSummary, EngineContainers, Labels } from '../engine.ts'
import { EngineFailure } from '../errors.ts'
import { createBody, limitsBody, volumeMount } from './container-body.ts'
import { containerLog } from './container-log.ts'
import { containerSizes } from './container-sizes.ts'
import { containerStats } from './container-stats.ts'
import { dialJson, dialParsed, dialStream, LIMIT, unlessNotFound, unlessUnchanged } from './dial.ts'
import { execIn, execTerminalIn } from './exec.ts'

const Created = z.object({ Id: z.string().min(1) })
const LabelMap = z
  .record(z.string(), z.string())
  .nullish()
  .transform((labels): Labels => labels ?? {})
const PortBindings = z
  .record(z.string(), z.array(z.object({ HostPort: z.string() })).nullish())
  .nullish()
  .transform(byInsidePort)

const Inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  State: z.object({ Running: z.boolean(), StartedAt: z.string().default(''), FinishedAt: z.string().default('') }),
  Mounts: z.array(z.object({ Name: z.string().default(''), Destination: z.string() })).nullish(),
  Config: z.object({ Labels: LabelMap, Image: z.string().default('') }),
  HostConfig: z.object({
    NanoCpus: z.number().default(0),
    Memory: z.number().default(0),
    PidsLimit: z.number().nullish(),
    PortBindings,
  }),
  NetworkSettings: z.object({
    Ports: PortBindings,
    Networks: z.record(z.string(), z.object({ IPAddress: z.string() })).nullish(),
  }),
})

const Listed = z.array(z.object({ Id: z.string(), Names: z.array(z.string()), State: z.string(), Labels: LabelMap }))

function byInsidePort(
  bindings: Record<string, { HostPort: string }[] | null | undefined> | null | undefined,
): Record<number, number> {
  const ports: Record<number, number> = {}
  for (const [inside, hosts] of Object.entries(bindings ?? {})) {
    const host = hosts?.[0]?.HostPort
    if (host !== undefined) ports[Number.parseInt(inside, 10)] = host === '' ? 0 : Number(host)
  }
  return ports
}

/** Engines write the year 1 for what has not happened. */
function timeOf(told: string): string | undefined {
  const at = Date.parse(told)
  return at > 0 ? new Date(at).toISOString() : undefined
}

function toContainer(found: z.output<typeof Inspected>): Container {
  const addresses = Object.values(found.NetworkSettings.Networks ?? {}).map((network) => network.IPAddress)
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ''),
    labels: found.Config.Labels,
    image: found.Config.Image,
    isRunning: found.State.Running,
    volumes: Object.fromEntries((found.Mounts ?? []).map((mount) => [mount.Name, mount.Destination])),
    createdAt: found.Created,
    runStartedAt: found.State.StartedAt,
    stoppedAt: found.State.Running ? undefined : timeOf(found.State.FinishedAt),
    address: addresses.find((address) => address !== ''),
    publishedPorts: found.NetworkSettings.Ports,
    requestedPorts: found.HostConfig.PortBindings,
    resources: {
      cpus: found.HostConfig.NanoCpus / 1e9,
      memoryBytes: found.HostConfig.Memory,
      pids: found.HostConfig.PidsLimit ?? 0,
    },
  }
}

export function dockerContainers(docker: Docker): EngineContainers {
  const at = (id: string, rest = ''): string => `/containers/${encodeURIComponent(id)}${rest}`
  const post = (path: string, timeoutMs: number, query = {}): Promise<unknown> =>
    dialJson(docker, { method: 'POST', path, query, timeoutMs })

  return {
    create: (spec) => create(docker, spec.name, createBody(spec)),
    createCarrier: (carrier) =>
      create(docker, carrier.name, {
        Image: carrier.image,
        Labels: carrier.labels,
        // Never started: an engine refuses a container without a command.
        Cmd: ['-'],
        HostConfig: {
          Mounts: [volumeMount({ volume: carrier.volume, target: carrier.target, isFilled: false })],
          NetworkMode: 'none',
        },
      }),
    start: async (id) => {
      await unlessUnchanged(post(at(id, '/start'), LIMIT.start))
    },
    limit: async (id, resources) => {
      const call = {
        method: 'POST',
        path: at(id, '/update'),
        body: limitsBody(resources),
        timeoutMs: LIMIT.change,
      } as const
      await dialJson(docker, call)
    },
    stop: async (id, graceSeconds) => {
      const limit = LIMIT.change + graceSeconds * 1000
      await unlessNotFound(unlessUnchanged(post(at(id, '/stop'), limit, { t: graceSeconds })))
    },
    remove: (id) => remove(docker, at(id)),
    inspect: async (idOrName) => {
      const found = await unlessNotFound(
        dialParsed(docker, { method: 'GET', path: at(idOrName, '/json'), schema: Inspected }),
      )
      return found === undefined ? undefined : toContainer(found)
    },
    list: (labels) => list(docker, labels),
    log: (id, query) => containerLog(docker, id, query),
    stats: (id, signal) => containerStats(docker, id, signal),
    sizes: (id, options) => containerSizes(docker, id, options),
    hasPath: async (id, path) => {
      const call = { method: 'HEAD', path: at(id, '/archive'), query: { path } } as const
      return (await unlessNotFound(dialJson(docker, call).then(() => true))) ?? false
    },
    getArchive: (id, path, signal) =>
      unlessNotFound(dialStream(docker, { method: 'GET', path: at(id, '/archive'), query: { path }, signal })),
    putArchive: async (id, path, tar) => {
      const call = { method: 'PUT', path: at(id, '/archive'), query: { path }, timeoutMs: LIMIT.transfer } as const
      await dialJson(docker, { ...call, file: tar })
    },
    exec: (id, exec) => execIn(docker, id, exec),
    execTerminal: (id, command) => execTerminalIn(docker, id, command),
  }
}

async function remove(docker: Docker, path: string): Promise<void> {
  const call = { method: 'DELETE', path, query: { force: true, v: true }, timeoutMs: LIMIT.change } as const
  try {
    await unlessNotFound(dialJson(docker, call))
  } catch (error) {
    const isUnderWay = error instanceof EngineFailure && error.status === 409 && error.message.includes('in progress')
    if (!isUnderWay) throw error
    // Somebody else's removal: it is gone when that is over.
    const wait = {
      method: 'POST',
      path: `${path}/wait`,
      query: { condition: 'removed' },
      timeoutMs: LIMIT.change,
    } as const
    await unlessNotFound(dialJson(docker, wait))
  }
}

async function create(docker: Docker, name: string, body: Record<string, unknown>): Promise<string> {
  const call = { method: 'POST', path: '/containers/create', query: { name }, timeoutMs: LIMIT.start } as const
  const created = await dialParsed(docker, { ...call, body, schema: Created })
  return created.Id
}

async function list(docker: Docker, labels: Labels): Promise<ContainerSummary[]> {
  const filters = JSON.stringify({ label: Object.entries(labels).map(([key, value]) => `${key}=${value}`) })
  const query = { all: true, filters }
  const found = await dialParsed(docker, { method: 'GET', path: '/containers/json', query, schema: Listed })
  return found.map((one) => ({
    id: one.Id,
    name: (one.Names[0] ?? '').replace(/^\//, ''),
    labels: one.Labels,
    isRunning: one.State === 'running',
  }))
}
