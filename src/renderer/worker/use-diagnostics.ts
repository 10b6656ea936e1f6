import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { copyText } from '../platform/clipboard.ts'
import { strings } from '../strings/index.ts'
import { showToast } from '../ui/toast-store.ts'
import { diagnosticsOf } from './diagnostics.ts'
import type { CallFailure } from './failure.ts'
import { useWorkerInfo, type Worker } from './workers.ts'

/** Copies what someone who helps needs to know of a worker, a workspace on it, and what failed. */
export function useCopyDiagnostics(
  worker: Worker,
  about: { workspace?: WorkspaceInfo; failure?: CallFailure } = {},
): () => Promise<void> {
  const { data: info } = useWorkerInfo(worker)
  return async () => {
    const connection = worker.client.connection.status
    const copied = await copyText(diagnosticsOf({ info, connection, ...about, now: new Date() }))
    showToast(
      copied
        ? { kind: 'running', title: strings.creation.diagnosticsCopied }
        : { kind: 'failed', title: strings.common.copyFailed },
    )
  }
}
