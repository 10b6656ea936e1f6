import type { Command } from 'commander'
import { parseEnvironmentName } from '../../option-values.ts'
import { type CommandDeps, JSON_OPTION } from '../command-deps.ts'
import { addFile, removeFile } from './files.ts'
import { getConfig } from './get.ts'
import { listLogins, useLogin } from './logins.ts'
import { setEnvironment, unsetEnvironment } from './variables.ts'

interface Json {
  json: boolean
}

const NAME = ['<name>', 'of the variable', parseEnvironmentName] as const

/** Declares what every workspace receives. */
export function addConfigCommands(program: Command, { streams, withWorker }: CommandDeps): void {
  const config = program.command('config').description('what every workspace receives: variables, files, sign-ins')
  config
    .command('get', { isDefault: true })
    .description('show it, with values masked')
    .option(...JSON_OPTION)
    .action(({ json }: Json) => withWorker((worker) => getConfig(worker, { json, streams })))
  config
    .command('set-env')
    .description('set a variable; its value is read from the input, or asked for')
    .argument(...NAME)
    .action((name: string) => withWorker((worker) => setEnvironment(worker, { name, streams })))
  config
    .command('unset-env')
    .description('forget a variable')
    .argument(...NAME)
    .action((name: string) => withWorker((worker) => unsetEnvironment(worker, { name, streams })))
  config
    .command('add-file')
    .description('have a file or folder of this computer copied into every workspace')
    .argument('<source>', 'the file or folder')
    .argument('[destination]', 'where it goes, as ~/path; by default the same place below the home folder')
    .action((source: string, destination: string | undefined) =>
      withWorker((worker) => addFile(worker, { source, destination, streams })),
    )
  config
    .command('remove-file')
    .description('copy a file or folder no more; copies that were made stay')
    .argument('<destination>', 'where it goes, as it is listed')
    .action((destination: string) => withWorker((worker) => removeFile(worker, { destination, streams })))
  config
    .command('logins')
    .description('sign-ins of coding agents and tools that were found on this computer')
    .option(...JSON_OPTION)
    .action(({ json }: Json) => withWorker((worker) => listLogins(worker, { json, stdout: streams.stdout })))
  config
    .command('use-login')
    .description('have every workspace receive a copy of one')
    .argument('<kind>', 'as it is listed')
    .action((kind: string) => withWorker((worker) => useLogin(worker, { kind, streams })))
}
