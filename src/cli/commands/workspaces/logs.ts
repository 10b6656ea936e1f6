import { once } from 'node:events'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { LogLine } from '../../../contract/agent/log-line.ts'
import { sayJson } from '../../output/json.ts'
import type { Streams } from '../../terminal-streams.ts'

export interface LogsOptions {
  tail: number
  follow: boolean
  json: boolean
}

/** `ws logs`: the end of a workspace's log; with `follow` what comes as well, until the workspace is deleted. */
export async function printLogs(
  worker: WorkerClient,
  { name, tail, follow, json, stdout }: { name: string } & LogsOptions & Pick<Streams, 'stdout'>,
): Promise<void> {
  if (follow) {
    // One line of JSON for each, so that a program can read them as they come.
    const format = json ? (line: LogLine): string => JSON.stringify(line) : asText
    for await (const line of await worker.api.workspaces.followLogs({ name, tail }))
      if (!stdout.write(`${format(line)}\n`)) await once(stdout, 'drain')
    return
  }
  const text = await worker.api.workspaces.logs({ name, tail })
  if (json) sayJson(stdout, text)
  else stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`)
}

function asText({ at, source, text }: LogLine): string {
  return source === 'setup' ? `${at ?? ''} ${text}` : text
}
