import type { WorkerClient } from '../../../client/worker-client.ts'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { sayJson } from '../../output/json.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws stop`: ends what runs in a workspace; its files stay, unless it is temporary and holds nothing to lose. */
export async function stopWorkspace(
  worker: WorkerClient,
  { name, json, streams }: { name: string; json: boolean; streams: Streams },
): Promise<void> {
  const stopped = await worker.api.workspaces.stop({ name })
  if (json) sayJson(streams.stdout, stopped)
  else say(streams.stderr, wordsFor(stopped))
}

function wordsFor({ name, type, notice }: WorkspaceInfo): string {
  if (type !== 'temporary') return `“${name}” is stopped. Its files are kept.`
  return notice === undefined ? `“${name}” was stopped and deleted: it was temporary.` : `“${name}”: ${notice.message}`
}
