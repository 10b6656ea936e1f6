import type { Command } from 'commander'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { TemplateInfo } from '../../contract/agent/templates.ts'
import { sayJson } from '../output/json.ts'
import { formatTable } from '../output/table.ts'
import { type Streams, say } from '../terminal-streams.ts'
import { type CommandDeps, JSON_OPTION } from './command-deps.ts'

/** Declares `ws templates`. */
export function addTemplatesCommand(program: Command, { streams, withWorker }: CommandDeps): void {
  program
    .command('templates')
    .description('list what workspaces can be made from')
    .option(...JSON_OPTION)
    .action(({ json }: { json: boolean }) =>
      withWorker((worker) => listTemplates(worker, { json, stdout: streams.stdout })),
    )
}

async function listTemplates(
  worker: WorkerClient,
  { json, stdout }: { json: boolean } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const templates = await worker.api.config.templates.list()
  if (json) sayJson(stdout, templates)
  else say(stdout, formatTable(['NAME', 'FROM', 'DESCRIPTION'], templates.map(rowOf)))
}

function rowOf({ name, origin, image, description, problem }: TemplateInfo): string[] {
  const from = origin === 'berth' ? 'Berth' : (image ?? 'your Dockerfile')
  return [name, from, problem === undefined ? description : `cannot be used: ${problem}`]
}
