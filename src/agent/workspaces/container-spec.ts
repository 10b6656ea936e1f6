import { IMAGE_TEMPLATE } from '../../contract/agent/templates.ts'
import { RUNTIME_MOUNT, RUNTIME_PORT } from '../../contract/runtime/api.ts'
import {
  containerName,
  dockerVolumeName,
  homeVolumeName,
  LABEL,
  ownNetworkName,
  RUNTIME_VOLUME,
  WORKSPACE_NETWORK,
} from '../../domain/engine-names.ts'
import type { ContainerSpec, Labels } from '../engine/engine.ts'
import type { ReadyImage } from '../engine/images/template-images.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import { formatPortTargets, publishedPorts } from './port-targets.ts'

/** The labels by which a container or a volume is known to be this workspace's. */
export function workspaceLabels(agentId: string, record: WorkspaceRecord): Labels {
  return {
    [LABEL.agent]: agentId,
    [LABEL.workspace]: record.id,
    [LABEL.name]: record.name,
    [LABEL.template]: record.template,
    ...(record.portTargets === undefined ? {} : { [LABEL.ports]: formatPortTargets(record.portTargets) }),
    ...(record.template === IMAGE_TEMPLATE && record.image !== undefined ? { [LABEL.image]: record.image } : {}),
    ...(record.docker === undefined ? {} : { [LABEL.docker]: record.docker }),
  }
}

export interface SpecInput {
  agentId: string
  record: WorkspaceRecord
  image: ReadyImage
  /** Whether the runtime is reached through a port of this computer. */
  publishRuntime: boolean
}

/** The network that a workspace stands on: the shared one, or, with Docker inside, its own. */
export function networkOf({ docker, name }: Pick<WorkspaceRecord, 'docker' | 'name'>): string {
  return docker === undefined ? WORKSPACE_NETWORK : ownNetworkName(name)
}

/** The container of a workspace. Nothing in it is secret: all of it can be read by whoever may use the engine. */
export function containerSpec({ agentId, record, image, publishRuntime }: SpecInput): ContainerSpec {
  return {
    name: containerName(record.name),
    image: image.reference,
    hostname: record.name,
    labels: workspaceLabels(agentId, record),
    command: ['sleep', 'infinity'],
    resources: record.resources,
    ...(record.docker === undefined ? {} : { docker: record.docker }),
    network: networkOf(record),
    mounts: [
      { volume: homeVolumeName(record.name), target: image.home, readOnly: false },
      { volume: RUNTIME_VOLUME, target: RUNTIME_MOUNT, readOnly: true },
      ...(record.docker === undefined
        ? []
        : [{ volume: dockerVolumeName(record.name), target: '/var/lib/docker', readOnly: false }]),
    ],
    // Where the environment lies: in memory, never on a disk.
    tmpfs: { '/run/berth': 'rw,nosuid,nodev,noexec,mode=0755,size=16m' },
    ports: {
      ...publishedPorts(record),
      ...(publishRuntime ? { [RUNTIME_PORT]: 0 } : {}),
    },
  }
}
