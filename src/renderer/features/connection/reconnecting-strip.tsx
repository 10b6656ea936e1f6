import { useEffect } from 'react'
import type { ConnectionState } from '../../../client/worker-client.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { formatClock } from '../../worker/format.ts'
import type { Worker } from '../../worker/workers.ts'

/** Above a page that goes on showing what was known: since when the worker is silent, and what is being done about it. */
export function ReconnectingStrip({ worker, state }: { worker: Worker; state: ConnectionState }) {
  const down = state.status === 'reconnecting'
  useEffect(() => {
    if (!down) return
    announce(strings.connection.unreachable(worker.label))
    return () => announce(strings.shell.workerName(worker.label, strings.shell.live))
  }, [down, worker.label])
  if (!down) return null
  const since = state.lastLiveAt
  return (
    <Notice
      strip
      kind="unreachable"
      title={strings.connection.reconnecting(worker.label, state.attempt)}
      actions={
        <Button size="small" onClick={() => worker.client.retryNow()}>
          {strings.common.tryNow}
        </Button>
      }
    >
      {since === undefined ? null : (
        <p className="sr-only">{strings.connection.lastSeen(worker.label, formatClock(since))}</p>
      )}
    </Notice>
  )
}
