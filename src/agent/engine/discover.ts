import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type Endpoint, parseEndpoint, sameEndpoint } from './endpoint.ts'

export type Discovery =
  /** To try in this order. */
  | { kind: 'candidates'; endpoints: Endpoint[] }
  /** An endpoint is named that cannot be used. */
  | { kind: 'unusable'; message: string; hint: string }

export interface DiscoverySources {
  environment: NodeJS.ProcessEnv
  /** `engine.host` of the configuration; `DOCKER_HOST` goes before it. */
  configuredHost: string | undefined
  platform: NodeJS.Platform
}

/**
 * Where an engine may listen: what is named (`DOCKER_HOST`, then the configuration) and nothing else; without a name the
 * current Docker context where that is a socket, then the sockets that engines make by default, Podman's last.
 */
export async function discoverEndpoints(sources: DiscoverySources): Promise<Discovery> {
  const named = nameOf(sources.environment['DOCKER_HOST']) ?? sources.configuredHost
  if (named !== undefined) {
    const parsed = parseEndpoint(named)
    if (!parsed.ok) return { kind: 'unusable', message: parsed.message, hint: parsed.hint }
    return { kind: 'candidates', endpoints: [parsed.endpoint] }
  }
  const context = await contextEndpoint(sources.environment)
  const paths = sources.platform === 'win32' ? WINDOWS_PIPES : defaultSockets(sources)
  const all = [
    ...(context === undefined ? [] : [context]),
    ...paths.map((one): Endpoint => ({ kind: 'socket', path: one })),
  ]
  const endpoints = all.filter((one, index) => all.findIndex((other) => sameEndpoint(one, other)) === index)
  return { kind: 'candidates', endpoints }
}

/** A variable that is set to nothing is as if it were not set. */
function nameOf(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

const WINDOWS_PIPES = ['//./pipe/docker_engine', '//./pipe/dockerDesktopLinuxEngine', '//./pipe/podman-machine-default']

function defaultSockets({ environment, platform }: DiscoverySources): string[] {
  const home = homeOf(environment)
  const runtimeDir = environment['XDG_RUNTIME_DIR']
  const inRuntimeDir = (name: string): string[] => (runtimeDir === undefined ? [] : [path.join(runtimeDir, name)])
  const desktop = platform === 'darwin' ? '.docker/run/docker.sock' : '.docker/desktop/docker.sock'
  return [
    '/var/run/docker.sock',
    path.join(home, desktop),
    path.join(home, '.colima/default/docker.sock'),
    path.join(home, '.config/colima/default/docker.sock'),
    path.join(home, '.orbstack/run/docker.sock'),
    path.join(home, '.rd/docker.sock'),
    ...inRuntimeDir('docker.sock'),
    ...inRuntimeDir('podman/podman.sock'),
    ...(platform === 'linux' ? ['/run/podman/podman.sock'] : []),
  ]
}

const DockerConfig = z.object({ currentContext: z.string().optional() })
const ContextMeta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }).optional() }).optional() })

/**
 * The engine of the current Docker context, where it is a socket. A context that cannot be read is passed over: the
 * default sockets are tried all the same. Layout: `docker context` of the Docker CLI.
 */
async function contextEndpoint(environment: NodeJS.ProcessEnv): Promise<Endpoint | undefined> {
  const folder = environment['DOCKER_CONFIG'] ?? path.join(homeOf(environment), '.docker')
  const config = await readJson(path.join(folder, 'config.json'), DockerConfig)
  const name = environment['DOCKER_CONTEXT'] ?? config?.currentContext
  if (name === undefined || name === '' || name === 'default') return undefined
  const digest = createHash('sha256').update(name).digest('hex')
  const meta = await readJson(path.join(folder, 'contexts', 'meta', digest, 'meta.json'), ContextMeta)
  const host = meta?.Endpoints?.docker?.Host
  const parsed = host === undefined ? undefined : parseEndpoint(host)
  return parsed?.ok === true && parsed.endpoint.kind === 'socket' ? parsed.endpoint : undefined
}

async function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

function homeOf(environment: NodeJS.ProcessEnv): string {
  return environment['HOME'] ?? environment['USERPROFILE'] ?? homedir()
}
