import type { WorkerClient } from '../../../client/worker-client.ts'
import { sayJson } from '../../output/json.ts'
import { formatTable } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

const WHERE = { config: 'config.json', store: 'secrets' } as const

/** `ws config get`: variables with their values masked, and files. */
export async function getConfig(
  worker: WorkerClient,
  { json, streams: { stdout, stderr } }: { json: boolean; streams: Streams },
): Promise<void> {
  const credentials = await worker.api.config.credentials.get()
  if (json) {
    sayJson(stdout, credentials)
    return
  }
  const { env, files, origins, problems, store } = credentials
  const variables = Object.entries(env).map(([name, value]) => [name, value, WHERE[origins[name] ?? 'store']])
  const places = Object.entries(files)
  if (variables.length === 0 && places.length === 0)
    say(stdout, 'Nothing yet. Set a variable: ws config set-env <name>')
  if (variables.length > 0) say(stdout, formatTable(['VARIABLE', 'VALUE', 'IN'], variables))
  if (variables.length > 0 && places.length > 0) say(stdout, '')
  if (places.length > 0) say(stdout, formatTable(['FILE IN WORKSPACES', 'FROM'], places))
  for (const { destination, message } of problems) say(stderr, `${destination}: ${message}`)
  if (store.message !== undefined) say(stderr, store.message)
}
