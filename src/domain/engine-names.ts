import { OWN_IMAGES } from '../contract/agent/templates.ts'

/** Keys of the labels on everything that Berth makes in an engine. */
export const LABEL = {
  /** Whose it is: the `agentId`. */
  agent: 'berth.agent',
  /** The workspace's id. */
  workspace: 'berth.workspace',
  name: 'berth.name',
  /** How a workspace has an engine of its own, where it has one. */
  docker: 'berth.docker',
  template: 'berth.template',
  /** On an image of a template: the agent that built it. Not `agent`, for containers and images made from it inherit its labels. */
  builder: 'berth.builder',
  /** On an image of a template: the reference that it was built as. Images built on it inherit the label, and have another. */
  image: 'berth.image',
  /** Ports that it was asked to publish: `name=port inside`, joined by commas. */
  ports: 'berth.ports',
  /** Shared by all agents of an engine: `runtime` (volume, carrier image) or `network`. */
  shared: 'berth.shared',
} as const

export const RUNTIME_VOLUME = 'berth-runtime'
export const WORKSPACE_NETWORK = 'berth'

/** The reference of an image that Berth itself makes. */
export function ownImage(name: string, tag: string): string {
  return `${OWN_IMAGES}/${name}:${tag}`
}

export function containerName(workspace: string): string {
  return `workspace-${workspace}`
}

/** Where the engine inside a workspace keeps its images and containers. */
export function dockerVolumeName(workspace: string): string {
  return `workspace-${workspace}-docker`
}

/** The network of a workspace that does not share one with others. */
export function ownNetworkName(workspace: string): string {
  return `workspace-${workspace}`
}

export function homeVolumeName(workspace: string): string {
  return `workspace-${workspace}-home`
}
