import type { Command } from 'commander'
import type { Scope } from '../../../contract/agent/clients.ts'
import { parseClientName, parseDays, parseScope, parseTail } from '../../option-values.ts'
import { type CommandDeps, JSON_OPTION } from '../command-deps.ts'
import { addToken } from './add-token.ts'
import { listClients } from './list-clients.ts'
import { pairClient } from './pair.ts'
import { revokeClient } from './revoke-client.ts'
import { addServiceCommands } from './service/service-commands.ts'
import { showAudit } from './show-audit.ts'

const DEFAULT_ENTRIES = 50

interface Json {
  json: boolean
}

/** Declares who may use the agent of this computer. */
export function addAgentCommands(program: Command, { streams, withWorker }: CommandDeps): void {
  const { stdout } = streams
  const agent = program.command('agent').description('who may use the agent of this computer, and how it is run')
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
  addTokenCommand(agent, { streams, withWorker })
  addServiceCommands(agent, streams)
  agent
    .command('audit')
    .description('who did what here, and who was refused')
    .option('--entries <number>', `how many, from the newest (default: ${DEFAULT_ENTRIES})`, parseTail, DEFAULT_ENTRIES)
    .option(...JSON_OPTION)
    .action(({ json, entries }: Json & { entries: number }) =>
      withWorker((worker) => showAudit(worker, { json, entries, stdout })),
    )
}

function addTokenCommand(agent: Command, { streams, withWorker }: Pick<CommandDeps, 'streams' | 'withWorker'>): void {
  agent
    .command('token')
    .description('tokens for programs')
    .command('add')
    .description('make one; it is printed once')
    .argument('<name>', 'the program that it is for', parseClientName)
    .requiredOption('--scope <scope>', 'what it may do: read, operate or admin', parseScope)
    .requiredOption('--days <days>', 'for how many days it counts', parseDays)
    .option(...JSON_OPTION)
    .action((name: string, { json, ...wanted }: Json & { scope: Scope; days: number }) =>
      withWorker((worker) => addToken(worker, { wanted: { name, ...wanted }, json, streams })),
    )
}
