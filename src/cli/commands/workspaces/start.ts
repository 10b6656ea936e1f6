import { ORPCError, safe } from '@orpc/client'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { CreateWorkspace, DockerMode, WorkspaceInfo, WorkspaceType } from '../../../contract/agent/workspace.ts'
import { type Streams, say } from '../../terminal-streams.ts'
import { lifeOf } from './life.ts'
import { reportReady, whileMade, withSteps } from './making.ts'

export interface StartOptions {
  json: boolean
  template?: string
  image?: string
  docker?: true | DockerMode
  env: Record<string, string>
  cpus?: number
  memoryBytes?: number
  clone?: string
  branch?: string
  newBranch?: string
  startScript?: string
  type?: WorkspaceType
  ttl?: number
  idleStop?: number
  publish: Record<string, number>
}

const PRIVILEGED = 'Its Docker is privileged: whoever runs programs in it can become root on this worker.'

interface StartRequest {
  name: string
  options: StartOptions
  streams: Streams
}

/** `ws start`: makes the workspace where there is none, and starts it where it is stopped or has failed. */
export async function startWorkspace(worker: WorkerClient, request: StartRequest): Promise<void> {
  const { name, options, streams } = request
  const existing = await find(worker, name)
  const ready = existing === undefined ? await create(worker, request) : await bringUp(worker, { ...request, existing })
  reportReady(ready, { json: options.json, streams })
  if (existing === undefined && ready.docker === 'privileged' && !options.json) say(streams.stderr, PRIVILEGED)
}

async function find(worker: WorkerClient, name: string): Promise<WorkspaceInfo | undefined> {
  const { error, data } = await safe(worker.api.workspaces.get({ name }))
  if (error === null) return data
  if (error instanceof ORPCError && error.code === 'NOT_FOUND') return undefined
  throw error
}

function create(worker: WorkerClient, { name, options, streams }: StartRequest): Promise<WorkspaceInfo> {
  const { template, image, docker, env, cpus, memoryBytes, publish, clone, branch, newBranch, startScript } = options
  const limits = { ...(cpus === undefined ? {} : { cpus }), ...(memoryBytes === undefined ? {} : { memoryBytes }) }
  const input: CreateWorkspace = {
    name,
    ...(template === undefined ? {} : { template }),
    ...(image === undefined ? {} : { image }),
    ...(docker === undefined ? {} : { docker }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(Object.keys(limits).length === 0 ? {} : { resources: limits }),
    ...(clone === undefined ? {} : { clone }),
    ...(branch === undefined ? {} : { branch }),
    ...(newBranch === undefined ? {} : { newBranch }),
    ...(startScript === undefined ? {} : { startScript }),
    ...(Object.keys(publish).length === 0 ? {} : { ports: publish }),
    ...lifeOf(options),
  }
  if (options.json) return whileMade(name, worker.api.workspaces.create(input))
  const make = (): Promise<WorkspaceInfo> => whileMade(name, worker.api.workspaces.create(input))
  return withSteps(worker, { name, streams, announcement: `Creating workspace “${name}”`, make })
}

async function bringUp(
  worker: WorkerClient,
  { existing, name, options, streams }: StartRequest & { existing: WorkspaceInfo },
): Promise<WorkspaceInfo> {
  if (isForCreation(options) && !options.json) {
    say(streams.stderr, `“${name}” is there already, and stays as it was made. What can be changed: ws update --help`)
  }
  if (existing.status === 'running') return existing
  const start = (): Promise<WorkspaceInfo> => whileMade(name, worker.api.workspaces.start({ name }))
  if (options.json) return start()
  const announcement = `Starting “${name}”`
  if (existing.status === 'error') return withSteps(worker, { name, streams, announcement, make: start })
  say(streams.stderr, announcement)
  return start()
}

function isForCreation({ env, publish, ...rest }: StartOptions): boolean {
  const { template, image, docker, cpus, memoryBytes, clone, branch, newBranch, startScript } = rest
  const made = [template, image, docker, cpus, memoryBytes, clone, branch, newBranch, startScript]
  const options = [...made, ...Object.values(lifeOf(rest))]
  return [env, publish].some((map) => Object.keys(map).length > 0) || options.some((option) => option !== undefined)
}
