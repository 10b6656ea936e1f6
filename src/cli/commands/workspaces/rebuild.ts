import type { WorkerClient } from '../../../client/worker-client.ts'
import type { Streams } from '../../terminal-streams.ts'
import { reportReady, whileMade, withSteps } from './making.ts'

/** `ws rebuild`: makes the container anew from what its image is now; the home stays. */
export async function rebuildWorkspace(
  worker: WorkerClient,
  { name, json, streams }: { name: string; json: boolean; streams: Streams },
): Promise<void> {
  const make = (): ReturnType<typeof worker.api.workspaces.rebuild> =>
    whileMade(name, worker.api.workspaces.rebuild({ name }))
  const announcement = `Rebuilding “${name}”: its home stays, what was installed elsewhere goes`
  const ready = json ? await make() : await withSteps(worker, { name, streams, announcement, make })
  reportReady(ready, { json, streams })
}
