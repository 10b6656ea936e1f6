import type { Command } from 'commander'
import type { Scope } from '../../../contract/agent/clients.ts'
import { parseScope } from '../../option-values.ts'
import { type CommandDeps, JSON_OPTION } from '../command-deps.ts'
import { listClients } from './list-clients.ts'
import { pairClient } from './pair.ts'
import { revokeClient } from './revoke-client.ts'

interface Json {
  json: boolean
}

/** Declares who may use the agent of this computer. */
export function addAgentCommands(program: Command, { streams, withWorker }: CommandDeps): void {
  const { stdout } = streams
  const agent = program.command('agent').description('who may use the agent of this computer')
  agent
    .command('pair')
    .description('a one-time code that lets a browser or another computer in')
    .option('--scope <scope>', 'what it may do: read, operate or admin (default: operate)', parseScope)
    .option(...JSON_OPTION)
    .action(({ json, scope }: Json & { scope?: Scope }) =>
      withWorker((worker) => pairClient(worker, { json, scope, stdout })),
    )
  const clients = agent.command('clients').description('who has been let in')
  clients
    .command('list', { isDefault: true })
    .description('list them')
    .option(...JSON_OPTION)
    .action(({ json }: Json) => withWorker((worker) => listClients(worker, { json, stdout })))
  clients
    .command('revoke')
    .description('void the token of one, and close what it has open')
    .argument('<id>', 'its id, from the list')
    .option(...JSON_OPTION)
    .action((id: string, { json }: Json) => withWorker((worker) => revokeClient(worker, { id, json, streams })))
}
