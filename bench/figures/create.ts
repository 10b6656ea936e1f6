import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import type Docker from 'dockerode'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { RUNTIME_MOUNT } from '../../src/contract/runtime/api.ts'
import { RUNTIME_VOLUME, WORKSPACE_NETWORK } from '../../src/domain/engine-names.ts'
import { berthShell } from '../berth/berth-shell.ts'
import { inTurns, type Ways } from '../turns.ts'
import { rawExec } from '../ways/raw-exec.ts'
import { openToPrompt } from './open.ts'

const ROUNDS = 7
/** As in the body that the agent sends for a workspace (`createBody`). */
const FURNISHED = [
  ...['--network', WORKSPACE_NETWORK, '--publish', '127.0.0.1::22', '--publish', '127.0.0.1::8080'],
  ...['--volume', '/home/workspace', '--volume', `${RUNTIME_VOLUME}:${RUNTIME_MOUNT}:ro`, '--tmpfs', '/run/berth'],
  ...['--cpus', '1', '--memory', '2g', '--memory-swap', '2g', '--pids-limit', '1000', '--restart', 'unless-stopped'],
]
const run = promisify(execFile)

export interface CreateDeps {
  worker: WorkerClient
  docker: Docker
  /** The image that workspaces are made from: the peer runs the same. */
  image: string
}

/**
 * From "make a workspace" to a prompt in it, the image being there; beside `docker run` and an exec, of a bare container and of
 * one that has what a workspace has. What lies between the two is the engine's part.
 */
export function measureCreate(deps: CreateDeps): Promise<Ways<number[]>> {
  return inTurns(ROUNDS, {
    berth: () => createWorkspace(deps),
    'docker run + exec': () => runContainer(deps, []),
    'with a workspace’s network, ports, volumes, limits': () => runContainer(deps, FURNISHED),
  })
}

async function createWorkspace({ worker }: CreateDeps): Promise<number> {
  const name = `bench-${randomUUID().slice(0, 8)}`
  const began = performance.now()
  const made = await worker.api.workspaces.create({ name })
  if (made.status !== 'running') throw new Error(`The workspace was not made: ${made.failure?.message ?? made.status}`)
  await openToPrompt(berthShell(worker, name))
  const took = performance.now() - began
  await worker.api.workspaces.delete({ name, force: true })
  return took
}

async function runContainer({ docker, image }: CreateDeps, furnished: readonly string[]): Promise<number> {
  const name = `bench-${randomUUID().slice(0, 8)}`
  const began = performance.now()
  await run('docker', [
    'run',
    ...['--detach', '--init', '--label', 'berth.bench=peer', '--name', name, ...furnished],
    ...[image, 'sleep', 'infinity'],
  ])
  await openToPrompt(rawExec(docker, name))
  const took = performance.now() - began
  await run('docker', ['rm', '--force', '--volumes', name])
  return took
}
