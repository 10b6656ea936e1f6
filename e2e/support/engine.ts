import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Docker from 'dockerode'
import { z } from 'zod'
import { agentIdOf } from '../../src/agent/store/secret.ts'
import { LABEL } from '../../src/domain/engine-names.ts'
import type { Profile } from './profile.ts'

const docker = new Docker()

/** An engine without volumes answers null, whatever its types say. */
const VolumeList = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullable() })

/** Everything in the engine that belongs to one agent, and the ports of this computer that it holds. */
export interface Leftovers {
  containers: string[]
  volumes: string[]
  ports: number[]
}

/** The engine as the tests see it: by its own API, not through Berth. */
export class EngineView {
  readonly #profile: Profile

  constructor(profile: Profile) {
    this.#profile = profile
  }

  async belongings(): Promise<Leftovers> {
    const filters = await this.#filters()
    if (filters === undefined) return { containers: [], volumes: [], ports: [] }
    const containers = await docker.listContainers({ all: true, filters })
    const volumes = VolumeList.parse(await docker.listVolumes({ filters: JSON.stringify(filters) }))
    return {
      containers: containers.map(({ Names, Id }) => Names[0] ?? Id),
      volumes: (volumes.Volumes ?? []).map(({ Name }) => Name),
      ports: containers.flatMap(({ Ports }) =>
        Ports.flatMap(({ PublicPort }) => (PublicPort === undefined ? [] : [PublicPort])),
      ),
    }
  }

  /** The names of its containers alone. */
  async containers(): Promise<string[]> {
    return (await this.belongings()).containers
  }

  /** Removes what a test left, whether it passed or not. Never touches what bears another agent's label. */
  async sweep(): Promise<void> {
    const filters = await this.#filters()
    if (filters === undefined) return
    const containers = await docker.listContainers({ all: true, filters })
    await Promise.all(
      containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)),
    )
    const { volumes } = await this.belongings()
    await Promise.all(volumes.map((name) => docker.getVolume(name).remove().catch(ignoreGone)))
  }

  /** By the label of the agent of this profile; undefined where none ever ran. */
  async #filters(): Promise<{ label: string[] } | undefined> {
    const secret = await readFile(join(this.#profile.configDir, 'secret')).catch(() => undefined)
    return secret === undefined ? undefined : { label: [`${LABEL.agent}=${agentIdOf(secret)}`] }
  }
}

/** A `404`, or the `409` of a removal that is under way. */
function ignoreGone(error: unknown): void {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status !== 404 && status !== 409) throw error
}
