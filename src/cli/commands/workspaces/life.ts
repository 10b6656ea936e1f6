import type { Command } from 'commander'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { UpdateWorkspace, WorkspaceInfo, WorkspaceType } from '../../../contract/agent/workspace.ts'
import { usageFailure } from '../../cli-failure.ts'
import { parseCpus, parseIdleStop, parseMemory, parseName, parseTtl, parseType } from '../../option-values.ts'
import { formatSpan } from '../../output/duration.ts'
import { sayJson } from '../../output/json.ts'
import { readScript } from '../../repository-options.ts'
import { type Streams, say } from '../../terminal-streams.ts'
import { type CommandDeps, JSON_OPTION } from '../command-deps.ts'

export interface LifeOptions {
  type?: WorkspaceType
  ttl?: number
  idleStop?: number
}

interface UpdateOptions extends LifeOptions {
  json: boolean
  title?: string
  cpus?: number
  memory?: number
  startScript?: string
}

/** Options of all commands that say how long a workspace is to live. */
export const LIFE_OPTIONS = {
  type: ['--type <type>', 'persistent, temporary (deleted when it stops) or agent (deleted when unused)', parseType],
  ttl: ['--ttl <time>', 'with --type agent: how long it lives unused, such as 8h', parseTtl],
  idleStop: ['--idle-stop <time>', 'stop it when it was unused for so long, such as 30m; or never', parseIdleStop],
} as const

/** The same as the worker is asked for it. */
export function lifeOf({
  type,
  ttl,
  idleStop,
}: LifeOptions): Pick<UpdateWorkspace, 'type' | 'ttlSeconds' | 'idleStopSeconds'> {
  return {
    ...(type === undefined ? {} : { type }),
    ...(ttl === undefined ? {} : { ttlSeconds: ttl }),
    ...(idleStop === undefined ? {} : { idleStopSeconds: idleStop }),
  }
}

/** Declares `ws touch` and `ws update`. */
export function addLifeCommands(program: Command, { streams, withWorker }: CommandDeps): void {
  program
    .command('touch')
    .description('put off the end of a workspace, and its stop, as if you had just used it')
    .argument('<name>', 'the workspace', parseName)
    .option(...JSON_OPTION)
    .action((name: string, { json }: { json: boolean }) =>
      withWorker(async (worker) => tell(await worker.api.workspaces.touch({ name }), { json, streams })),
    )
  program
    .command('update')
    .description('change how long a workspace lives, its limits, its title, its start script')
    .argument('<name>', 'the workspace', parseName)
    .option('--title <text>', 'what it is called on screens; empty for none')
    .option('--cpus <number>', 'limit of CPUs', parseCpus)
    .option('--memory <size>', 'limit of memory, such as 4g', parseMemory)
    .option('--start-script <file>', 'a script to run in it after each start; an empty file ends that', readScript)
    .option(...LIFE_OPTIONS.type)
    .option(...LIFE_OPTIONS.ttl)
    .option(...LIFE_OPTIONS.idleStop)
    .option(...JSON_OPTION)
    .action((name: string, options: UpdateOptions) =>
      withWorker(async (worker) => {
        tell(await update(worker, name, options), { json: options.json, streams })
        if (options.startScript !== undefined && !options.json) say(streams.stderr, scriptInWords(options.startScript))
      }),
    )
}

function update(worker: WorkerClient, name: string, options: UpdateOptions): Promise<WorkspaceInfo> {
  const { title, cpus, memory, startScript } = options
  const limits = { ...(cpus === undefined ? {} : { cpus }), ...(memory === undefined ? {} : { memoryBytes: memory }) }
  const change = {
    ...lifeOf(options),
    ...(title === undefined ? {} : { title }),
    ...(startScript === undefined ? {} : { startScript }),
    ...(Object.keys(limits).length === 0 ? {} : { resources: limits }),
  }
  if (Object.keys(change).length === 0) throw usageFailure('Nothing is to be changed.', 'See: ws update --help')
  return worker.api.workspaces.update({ name, ...change })
}

function scriptInWords(script: string): string {
  return script === '' ? 'It has no start script any more.' : 'The script runs in it from its next start on.'
}

function tell(info: WorkspaceInfo, { json, streams }: { json: boolean; streams: Streams }): void {
  if (json) {
    sayJson(streams.stdout, info)
    return
  }
  say(streams.stderr, `“${info.name}” is ${info.type}. ${endInWords(info)}`)
  if (info.notice !== undefined) say(streams.stderr, info.notice.message)
}

function endInWords({ type, expiresAt, idleStopSeconds = 0 }: WorkspaceInfo): string {
  const idle =
    idleStopSeconds === 0
      ? 'It is never stopped for being unused.'
      : `Unused, it stops after ${formatSpan(idleStopSeconds * 1000)}.`
  if (type === 'temporary') return `It is deleted when it stops. ${idle}`
  if (expiresAt === undefined) return idle
  return `Unused, it is deleted in ${formatSpan(Date.parse(expiresAt) - Date.now())}. ${idle}`
}
