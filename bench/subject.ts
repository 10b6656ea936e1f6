import { randomUUID } from 'node:crypto'
import Docker from 'dockerode'
import type { WorkerClient } from '../src/client/worker-client.ts'
import type { BenchedAgent } from './berth/agent.ts'
import { berthShell } from './berth/berth-shell.ts'
import type { OpenShell } from './shell.ts'
import type { Ways } from './turns.ts'
import { dockerExec } from './ways/docker-exec.ts'
import { rawExec } from './ways/raw-exec.ts'
import { runtimeAlone } from './ways/runtime-alone.ts'
import { sshInto } from './ways/ssh.ts'

/** One workspace, and the ways into its container that are compared. */
export interface Subject {
  worker: WorkerClient
  docker: Docker
  image: string
  workspace: string
  container: string
  agentPid: number
  ways: Ways<OpenShell>
  remove: () => Promise<void>
}

/** Makes the workspace; the first one on a machine builds the image of its template, outside of every figure. */
export async function prepareSubject({ worker, pid, runtimeToken }: BenchedAgent): Promise<Subject> {
  const docker = new Docker()
  const name = `bench-${randomUUID().slice(0, 8)}`
  console.log(`making the workspace ${name} …`)
  const made = await worker.api.workspaces.create({ name })
  if (made.status !== 'running') throw new Error(`The workspace was not made: ${made.failure?.message ?? made.status}`)
  const container = made.containerId
  const { Image } = await docker.getContainer(container).inspect()
  const ssh = await sshInto(worker, name)
  const ways = {
    berth: berthShell(worker, name),
    'raw exec': rawExec(docker, container),
    'docker exec -it': dockerExec(docker, container),
    ssh: ssh.open,
    'runtime alone': await runtimeAlone(docker, { container, workspace: name, token: await runtimeToken(made.id) }),
  }
  return {
    ...{ worker, docker, container, ways },
    image: Image,
    workspace: name,
    agentPid: pid,
    remove: async () => {
      await ssh.end()
      await worker.api.workspaces.delete({ name, force: true })
    },
  }
}
