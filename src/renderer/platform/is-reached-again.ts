import type { ConnectionState } from '../../client/worker-client.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'

/**
 * Whether main has reached a worker that this page's own calls do not reach: they are tried at once, not when their wait is over. A refusal does
 * not last either: it was main's own word, while the keychain was locked or the worker ran another version.
 */
export function isReachedAgain({ status }: Pick<WorkerSummary, 'status'>, connection: ConnectionState): boolean {
  return status === 'active' && (connection.status === 'reconnecting' || connection.status === 'refused')
}
