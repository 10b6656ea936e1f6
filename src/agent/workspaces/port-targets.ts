import { WantedPorts } from '../../contract/agent/workspace.ts'
import type { WorkspaceRecord } from '../store/records.ts'

/** Ports inside of what every workspace publishes. */
const ALWAYS: WantedPorts = { ssh: 22, http: 8080 }

/** What a workspace publishes: port inside → port of this computer. */
export function publishedPorts({ ports, portTargets }: Pick<WorkspaceRecord, 'ports' | 'portTargets'>) {
  const published: Record<number, number> = {}
  for (const [name, inside] of Object.entries({ ...ALWAYS, ...portTargets })) {
    const port = ports[name]
    if (port !== undefined) published[inside] = port
  }
  return published
}

/** The same the other way: what a container was made to publish, by name. A port that the engine chooses (0) is none. */
export function portsOf(
  requested: Readonly<Record<number, number>>,
  portTargets: WantedPorts | undefined,
): Record<string, number> {
  const ports: Record<string, number> = {}
  for (const [name, inside] of Object.entries({ ...ALWAYS, ...portTargets })) {
    const port = requested[inside]
    if (port !== undefined && port !== 0) ports[name] = port
  }
  return ports
}

/** For a label: `api=3000,db=5432`. */
export function formatPortTargets(targets: WantedPorts): string {
  return Object.entries(targets)
    .map(([name, inside]) => `${name}=${inside}`)
    .join(',')
}

/** Reads such a label; undefined for none, and for what is not one. */
export function parsePortTargets(label: string | undefined): WantedPorts | undefined {
  if (label === undefined || label === '') return undefined
  const entries = label.split(',').map((pair) => {
    const [name = '', inside] = pair.split('=')
    return [name, Number(inside)] as const
  })
  return WantedPorts.safeParse(Object.fromEntries(entries)).data
}
