import { once } from 'node:events'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { LogLine } from '../../../contract/agent/log-line.ts'
import { EXIT } from '../../exit-codes.ts'
import { sayJson, sayJsonLine } from '../../output/json.ts'
import { whenUnread } from '../../output/unread.ts'
import { type Streams, sayLog } from '../../terminal-streams.ts'

export interface LogsOptions {
  tail: number
  follow: boolean
  json: boolean
}

/**
 * `ws logs`: the end of a workspace's log; with `follow` what comes as well, until the workspace is deleted or nobody reads it any
 * more. Resolves with the exit code.
 */
export async function printLogs(
  worker: WorkerClient,
  { name, tail, follow, json, stdout }: { name: string } & LogsOptions & Pick<Streams, 'stdout'>,
): Promise<number> {
  if (follow) {
    const unread = whenUnread(stdout)
    const ending = new AbortController()
    const following = followLog(worker, { name, tail, json, stdout, signal: ending.signal }).then(() => EXIT.done)
    try {
      // Unread first: waiting for the stream fails too when its reader has gone.
      return await Promise.race([unread.code, following])
    } finally {
      unread.stop()
      ending.abort()
    }
  }
  const text = await worker.api.workspaces.logs({ name, tail })
  if (json) sayJson(stdout, text)
  else if (text !== '') sayLog(stdout, text.replace(/\n$/, ''))
  return EXIT.done
}

type Following = { name: string; signal: AbortSignal } & Pick<LogsOptions, 'tail' | 'json'> & Pick<Streams, 'stdout'>

async function followLog(worker: WorkerClient, { name, tail, json, stdout, signal }: Following): Promise<void> {
  // One line of JSON for each, so that a program can read them as they come.
  const tell = (line: LogLine): boolean => (json ? sayJsonLine(stdout, line) : sayLog(stdout, asText(line)))
  for await (const line of await worker.api.workspaces.followLogs({ name, tail }, { signal }))
    if (!tell(line)) await once(stdout, 'drain', { signal })
}

function asText({ at, source, text }: LogLine): string {
  return source === 'setup' ? `${at ?? ''} ${text}` : text
}
