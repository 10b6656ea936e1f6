import { ORPCError, safe } from '@orpc/client'
import { z } from 'zod'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { DeletionReport } from '../../../contract/agent/workspace.ts'
import { CliFailure } from '../../cli-failure.ts'
import { lossesOf } from '../../output/deletion-report.ts'
import { sayJson } from '../../output/json.ts'
import { type Streams, say } from '../../terminal-streams.ts'
import { reportReady, whileMade, withSteps } from './making.ts'

interface Request {
  name: string
  json: boolean
  streams: Streams
}

/** `ws retry`: goes on with a creation from the step that failed. */
export async function retryWorkspace(worker: WorkerClient, { name, json, streams }: Request): Promise<void> {
  const retry = () => whileMade(name, worker.api.workspaces.retry({ name }))
  const announcement = `Going on with “${name}”`
  const ready = json ? await retry() : await withSteps(worker, { name, streams, announcement, make: retry })
  reportReady(ready, { json, streams })
}

const Refusal = z.object({ report: DeletionReport })

/** `ws cancel`: gives a creation up and removes all of it; one that failed and holds work meanwhile is left. */
export async function cancelCreation(worker: WorkerClient, { name, json, streams }: Request): Promise<void> {
  const { error } = await safe(worker.api.workspaces.cancel({ name }))
  if (error instanceof ORPCError && error.code === 'PRECONDITION_FAILED') {
    const { report } = Refusal.parse(error.data)
    if (!json) say(streams.stderr, lossesOf(report, name))
    throw new CliFailure(`“${name}” was not removed: work would be lost.`, {
      code: 'PRECONDITION_FAILED',
      hint: `Keep what you need, or delete it all the same: ws delete ${name} --force`,
      data: { report },
    })
  }
  if (error !== null) throw error
  if (json) sayJson(streams.stdout, { success: true })
  else say(streams.stderr, `“${name}” was given up, and all of it is removed.`)
}
