import type { Resources } from '../../../contract/agent/workspace.ts'
import type { ContainerSpec } from '../engine.ts'

/** What Sysbox is registered as with an engine. */
export const SYSBOX_RUNTIME = 'sysbox-runc'

/** The engine's words for a workspace's container (`ContainerCreate` of the Docker Engine API 1.41). */
export function createBody(spec: ContainerSpec): Record<string, unknown> {
  const inside = Object.keys(spec.ports).map((port) => `${port}/tcp`)
  return {
    Image: spec.image,
    Hostname: spec.hostname,
    Labels: spec.labels,
    Entrypoint: spec.command,
    Cmd: [],
    ExposedPorts: Object.fromEntries(inside.map((port) => [port, {}])),
    HostConfig: {
      Init: true,
      RestartPolicy: { Name: 'unless-stopped' },
      Privileged: spec.docker === 'privileged',
      ...(spec.docker === 'sysbox' ? { Runtime: SYSBOX_RUNTIME } : {}),
      // Root in a workspace could write any frame with it: as its siblings' address (ARP), it would be given the token
      // that the agent shows to their runtimes. The network keeps apart by address alone. Containers of an engine inside have
      // the capability by default: a workspace that has one shares its network with nobody.
      CapDrop: spec.docker === undefined ? ['NET_RAW'] : [],
      NetworkMode: spec.network,
      ...limitsBody(spec.resources),
      // What a workspace only reads is others' too, and nothing that an image brings gets into it.
      Mounts: spec.mounts.map((mount) => volumeMount({ ...mount, isFilled: !mount.readOnly })),
      Tmpfs: spec.tmpfs,
      PortBindings: Object.fromEntries(
        Object.entries(spec.ports).map(([port, host]) => [
          `${port}/tcp`,
          [{ HostIp: '127.0.0.1', HostPort: host === 0 ? '' : String(host) }],
        ]),
      ),
      // The output of `sleep` is empty; what a person runs there must not fill the disk all the same.
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
    },
  }
}

interface VolumeMount {
  volume: string
  target: string
  readOnly?: boolean
  /** Whether the engine fills it, while it is empty, with what the image has at `target`. */
  isFilled: boolean
}

/** A volume in the engine's words (`Mount`). */
export function volumeMount({ volume, target, readOnly = false, isFilled }: VolumeMount): Record<string, unknown> {
  const options = isFilled ? {} : { VolumeOptions: { NoCopy: true } }
  return { Type: 'volume', Source: volume, Target: target, ReadOnly: readOnly, ...options }
}

/** Limits as the engine takes them, at a container's creation (in `HostConfig`) and at its update. */
export function limitsBody({ cpus, memoryBytes, pids }: Resources): Record<string, number> {
  // No swap beside the memory: the limit is the limit.
  return { NanoCpus: Math.round(cpus * 1e9), Memory: memoryBytes, MemorySwap: memoryBytes, PidsLimit: pids }
}
