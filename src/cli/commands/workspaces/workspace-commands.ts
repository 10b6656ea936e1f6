import type { Command } from 'commander'
import { collectVariable, collectVariablesOf } from '../../environment-options.ts'
import {
  collectPorts,
  parseCpus,
  parseDocker,
  parseImage,
  parseMemory,
  parseName,
  parseTail,
} from '../../option-values.ts'
import { parseAddress, parseRef, readScript } from '../../repository-options.ts'
import { type CommandDeps, JSON_OPTION } from '../command-deps.ts'
import { deleteWorkspace } from './delete.ts'
import { addLifeCommands, LIFE_OPTIONS } from './life.ts'
import { listWorkspaces } from './list.ts'
import { type LogsOptions, printLogs } from './logs.ts'
import { rebuildWorkspace } from './rebuild.ts'
import { cancelCreation, retryWorkspace } from './retry.ts'
import { type StartOptions, startWorkspace } from './start.ts'
import { printStats } from './stats.ts'
import { stopWorkspace } from './stop.ts'

const NAME = ['<name>', 'the workspace', parseName] as const

interface Json {
  json: boolean
}

type StartFlags = StartOptions & { memory?: number; envFile: Record<string, string> }

/** Declares what can be done with workspaces. */
export function addWorkspaceCommands(program: Command, deps: CommandDeps): void {
  const { streams, withWorker } = deps
  program
    .command('list')
    .alias('ls')
    .description('list the workspaces')
    .option(...JSON_OPTION)
    .action(({ json }: Json) => withWorker((worker) => listWorkspaces(worker, { json, stdout: streams.stdout })))
  addStart(program, deps)
  addRetryAndCancel(program, deps)
  addLifeCommands(program, deps)
  program
    .command('stop')
    .description('stop a workspace; its files are kept, those of a temporary one only where work would be lost')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .action((name: string, { json }: Json) => withWorker((worker) => stopWorkspace(worker, { name, json, streams })))
  program
    .command('delete')
    .alias('rm')
    .description('delete a workspace and its files, for good; where work would be lost, it asks first')
    .argument(...NAME)
    .option('-f, --force', 'do not ask, and do not look for work that would be lost', false)
    .option(...JSON_OPTION)
    .action((name: string, { force, json }: { force: boolean } & Json) =>
      withWorker((worker) => deleteWorkspace(worker, { name, force, json, streams })),
    )
  addLogsAndStats(program, deps)
}

function addStart(program: Command, { streams, withWorker }: CommandDeps): void {
  program
    .command('start')
    .description('start a workspace; make it where there is none of that name')
    .argument('<name>', 'small letters, digits and dashes', parseName)
    .option('--template <name>', 'what to make it from: see ws templates')
    .option('--image <reference>', 'make it from this image, in place of a template', parseImage)
    .option('--docker [how]', 'an engine of its own inside: privileged (gives this worker away) or sysbox', parseDocker)
    .option('-e, --env <name>', 'give it a variable of this environment, by name alone', collectVariable, {})
    .option('--env-file <file>', 'give it the variables of a file: lines of NAME=VALUE', collectVariablesOf, {})
    .option('--clone <address>', 'clone a repository into it: github.com/acme/api, git@host:acme/api …', parseAddress)
    .option('--branch <name>', 'with --clone: the branch or tag (default: the one that the repository names)', parseRef)
    .option('--new-branch <name>', 'with --clone: make this branch from there', parseRef)
    .option('--start-script <file>', 'a script to run in it after each start', readScript)
    .option('--cpus <number>', 'limit of CPUs', parseCpus)
    .option('--memory <size>', 'limit of memory, such as 4g', parseMemory)
    .option('--publish <NAME=PORT>', 'give a port in it one of this computer; may be repeated', collectPorts, {})
    .option(...LIFE_OPTIONS.type)
    .option(...LIFE_OPTIONS.ttl)
    .option(...LIFE_OPTIONS.idleStop)
    .option(...JSON_OPTION)
    .action((name: string, { memory, env, envFile, ...rest }: StartFlags) => {
      const variables = { ...rest, env: { ...envFile, ...env } }
      const options = memory === undefined ? variables : { ...variables, memoryBytes: memory }
      return withWorker((worker) => startWorkspace(worker, { name, options, streams }))
    })
}

function addRetryAndCancel(program: Command, { streams, withWorker }: CommandDeps): void {
  program
    .command('rebuild')
    .description('make the container of a workspace anew from its image; its home stays, all else in it goes')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .action((name: string, { json }: Json) => withWorker((worker) => rebuildWorkspace(worker, { name, json, streams })))
  program
    .command('retry')
    .description('go on with the creation of a workspace from the step that failed')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .action((name: string, { json }: Json) => withWorker((worker) => retryWorkspace(worker, { name, json, streams })))
  program
    .command('cancel')
    .description('give up the creation of a workspace, and remove all of it')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .action((name: string, { json }: Json) => withWorker((worker) => cancelCreation(worker, { name, json, streams })))
}

function addLogsAndStats(program: Command, { streams, withWorker, exitWith }: CommandDeps): void {
  program
    .command('logs')
    .description('print the end of the log of a workspace')
    .argument(...NAME)
    .option('--tail <lines>', 'how many lines', parseTail, 200)
    .option('-f, --follow', 'go on with what comes', false)
    .option(...JSON_OPTION)
    .action(async (name: string, options: LogsOptions) => {
      exitWith(await withWorker((worker) => printLogs(worker, { name, ...options, stdout: streams.stdout })))
    })
  program
    .command('stats')
    .description('print what running workspaces use: CPUs, memory, network, processes')
    .argument('[name]', 'one workspace (default: all that run)', parseName)
    .option(...JSON_OPTION)
    .action((name: string | undefined, { json }: Json) =>
      withWorker((worker) => printStats(worker, { name, json, streams })),
    )
}
