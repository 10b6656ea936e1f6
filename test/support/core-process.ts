/**
 * A process of its own that runs the agent's core and makes one workspace: for tests that kill it. Started as
 * `node core-process.ts <configDir> <name>`; prints a line of JSON when the creation has ended.
 */
import { pino } from 'pino'
import { createCore } from '../../src/agent/core.ts'
import { claimFolder } from '../../src/agent/store/folder.ts'
import { RESOURCES_DIR, RUNTIME_DIR } from './core-folders.ts'

const [configDir = '', name = '', verb = 'create', clone] = process.argv.slice(2)
await claimFolder(configDir)
const log = pino({ level: 'silent' })
const core = await createCore({ configDir, resourcesDir: RESOURCES_DIR, runtimeDir: RUNTIME_DIR, log })
process.stdout.write(`${JSON.stringify({ agentId: core.agentId })}\n`)
if (verb === 'create-slowly') {
  // Told as it comes, for whoever waits for a step.
  const tell = async (): Promise<void> => {
    for await (const event of core.events.subscribe(undefined, new AbortController().signal)) {
      if (event.type === 'workspace.step') process.stdout.write(`${JSON.stringify({ step: event.step.name })}\n`)
    }
  }
  tell().catch(() => undefined)
  const repository = clone === undefined ? {} : { clone }
  await core.workspaces.create({ name, ...repository, startScript: 'touch ~/begun; sleep 600' })
}
if (verb === 'create') await core.workspaces.create({ name, env: { PLANTED: 'value' } })
if (verb === 'delete') await core.workspaces.delete(name, { force: true })
process.stdout.write(`${JSON.stringify({ done: true })}\n`)
