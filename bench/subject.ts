import { randomUUID } from 'node:crypto'
import Docker from 'dockerode'
import type { WorkerClient } from '../src/client/worker-client.ts'
import type { BenchedAgent } from './berth/agent.ts'
import { berthShell } from './berth/berth-shell.ts'
import { rawExec } from './raw/raw-exec.ts'
import type { OpenShell } from './shell.ts'

/** One workspace, and the two ways into its container that are compared. */
export interface Subject {
  worker: WorkerClient
  docker: Docker
  image: string
  ours: OpenShell
  peer: OpenShell
  remove: () => Promise<void>
}

/** Makes the workspace; the first one on a machine builds the image of its template, outside of every figure. */
export async function prepareSubject({ worker }: BenchedAgent): Promise<Subject> {
  const docker = new Docker()
  const name = `bench-${randomUUID().slice(0, 8)}`
  console.log(`making the workspace ${name} …`)
  const made = await worker.api.workspaces.create({ name })
  if (made.status !== 'running') throw new Error(`The workspace was not made: ${made.failure?.message ?? made.status}`)
  const { Image } = await docker.getContainer(made.containerId).inspect()
  return {
    worker,
    docker,
    image: Image,
    ours: berthShell(worker, name),
    peer: rawExec(docker, made.containerId),
    remove: async () => {
      await worker.api.workspaces.delete({ name, force: true })
    },
  }
}
