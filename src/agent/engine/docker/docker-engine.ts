import Docker from 'dockerode'
import { z } from 'zod'
import type { Endpoint } from '../endpoint.ts'
import type { Engine, EngineFacts } from '../engine.ts'
import { SYSBOX_RUNTIME } from './container-body.ts'
import { dockerContainers } from './containers.ts'
import { dialJson, dialParsed } from './dial.ts'
import { dockerEvents } from './events.ts'
import { dockerImages } from './images.ts'
import { dockerNetworks } from './networks.ts'
import { dockerVolumes } from './volumes.ts'

const Version = z.object({ Version: z.string(), ApiVersion: z.string(), Arch: z.string().default('') })
const Info = z.object({
  NCPU: z.number().int().positive(),
  MemTotal: z.number().int().positive(),
  OperatingSystem: z.string().default(''),
  OSType: z.string().default('linux'),
  SecurityOptions: z.array(z.string()).nullish(),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
})

/** What an engine says of itself before we use it. */
export interface EngineGreeting {
  version: string
  apiVersion: string
}

/** A Docker API at an endpoint that has not been spoken to yet. */
export interface DockerConnection {
  /** Asks for its version; the first call to make, and a sign of life afterwards. */
  greet(timeoutMs: number): Promise<EngineGreeting>
  open(): Promise<Engine>
}

/** dockerode, and all that speaks through it, is used in this folder alone. */
export function connectDocker(endpoint: Endpoint): DockerConnection {
  const docker = new Docker(dockerOptions(endpoint))
  const version = (timeoutMs: number): Promise<z.output<typeof Version>> =>
    dialParsed(docker, { method: 'GET', path: '/version', timeoutMs, schema: Version })
  return {
    greet: async (timeoutMs) => {
      // `_ping` answers while an engine is still starting; `version` only when it is up.
      await dialJson(docker, { method: 'GET', path: '/_ping', timeoutMs })
      const { Version: name, ApiVersion: apiVersion } = await version(timeoutMs)
      return { version: name, apiVersion }
    },
    open: async () => {
      const [said, info] = await Promise.all([
        version(15_000),
        dialParsed(docker, { method: 'GET', path: '/info', timeoutMs: 15_000, schema: Info }),
      ])
      return {
        facts: toFacts(endpoint, said, info),
        images: dockerImages(docker),
        containers: dockerContainers(docker),
        volumes: dockerVolumes(docker),
        networks: dockerNetworks(docker),
        events: (signal) => dockerEvents(docker, signal),
      }
    },
  }
}

function dockerOptions(endpoint: Endpoint): Docker.DockerOptions {
  // docker-modem fills what is absent from DOCKER_HOST: both ways of naming an endpoint are always given.
  if (endpoint.kind === 'socket')
    return { socketPath: endpoint.path, host: undefined, port: undefined, protocol: 'http' }
  // Without a protocol docker-modem takes TLS where DOCKER_CERT_PATH gives it the keys.
  return { socketPath: undefined, host: endpoint.host, port: endpoint.port, protocol: undefined }
}

function toFacts(endpoint: Endpoint, said: z.output<typeof Version>, info: z.output<typeof Info>): EngineFacts {
  const hasOption = (name: string): boolean => (info.SecurityOptions ?? []).some((option) => option.includes(name))
  const isRootless = hasOption('rootless')
  const isDesktop = /docker desktop/i.test(info.OperatingSystem)
  return {
    version: said.Version,
    apiVersion: said.ApiVersion,
    cpus: info.NCPU,
    memoryBytes: info.MemTotal,
    platform: info.OSType === 'linux' ? platformOf(said.Arch) : undefined,
    isNative: process.platform === 'linux' && endpoint.kind === 'socket' && !isRootless && !isDesktop,
    isUserNamespaced: isRootless || hasOption('name=userns'),
    hasSysbox: Object.hasOwn(info.Runtimes ?? {}, SYSBOX_RUNTIME),
  }
}

function platformOf(architecture: string): EngineFacts['platform'] {
  if (/^(amd64|x86_64)$/.test(architecture)) return 'linux-x64'
  if (/^(arm64|aarch64)$/.test(architecture)) return 'linux-arm64'
  return undefined
}
