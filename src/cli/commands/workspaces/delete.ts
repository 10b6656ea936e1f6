import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { DeletionReport } from '../../../contract/agent/workspace.ts'
import { CliFailure } from '../../cli-failure.ts'
import { lossesOf } from '../../output/deletion-report.ts'
import { sayJson } from '../../output/json.ts'
import { ask } from '../../question.ts'
import { isTerminal, type Streams, say } from '../../terminal-streams.ts'

export interface DeleteRequest {
  name: string
  force: boolean
  json: boolean
  streams: Streams
}

const Refusal = z.object({ report: DeletionReport })

/** `ws delete`: for good; says first what would be lost, and asks where someone is there to answer. */
export async function deleteWorkspace(worker: WorkerClient, request: DeleteRequest): Promise<void> {
  const { name, json, streams } = request
  const report = await tryDelete(worker, request)
  if (report !== undefined) {
    if (json || !(isTerminal(streams.stdin) && isTerminal(streams.stderr))) throw refusal(report, request)
    say(streams.stderr, lossesOf(report, name))
    const answer = await ask('Deleting is final. Type the name of the workspace to delete it: ', streams)
    if (answer.trim() !== name) throw new CliFailure(`“${name}” was not deleted.`, { code: 'CANCELLED' })
    await worker.api.workspaces.delete({ name, force: true })
  }
  if (json) sayJson(streams.stdout, { success: true })
  else say(streams.stderr, `“${name}” and its files were deleted.`)
}

function refusal(report: DeletionReport, { name, json, streams }: DeleteRequest): CliFailure {
  if (!json) say(streams.stderr, lossesOf(report, name))
  return new CliFailure(`“${name}” was not deleted: work would be lost.`, {
    code: 'PRECONDITION_FAILED',
    hint: 'Push what you want to keep, or add --force to delete it all the same.',
    data: { report },
  })
}

/** The report where the worker refuses because of it; `undefined` when it is deleted. */
async function tryDelete(worker: WorkerClient, { name, force }: DeleteRequest): Promise<DeletionReport | undefined> {
  try {
    await worker.api.workspaces.delete({ name, force })
    return undefined
  } catch (error) {
    const told: unknown = error instanceof ORPCError && error.code === 'PRECONDITION_FAILED' ? error.data : undefined
    const parsed = Refusal.safeParse(told)
    if (!parsed.success) throw error
    return parsed.data.report
  }
}
