import { useEffect } from 'react'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { formatSeen } from '../../worker/format.ts'
import type { Standing } from '../../worker/standing.ts'
import { useNow } from '../../worker/use-now.ts'
import { useRetryNow, type Worker } from '../../worker/workers.ts'

const AGE_EVERY_MS = 60_000

/** Above a page that goes on showing what was known: since when the worker is silent, and what is being done about it. */
export function ReconnectingStrip({ worker, standing }: { worker: Worker; standing: Standing }) {
  const down = standing.status === 'away'
  const isDistrusted = down && standing.isDistrusted
  const now = useNow(down ? AGE_EVERY_MS : undefined)
  const retryNow = useRetryNow(worker)
  useEffect(() => {
    if (!down) return
    announce(strings.connection[isDistrusted ? 'distrusted' : 'unreachable'](worker.label))
    return () => announce(strings.shell.workerName(worker.label, strings.shell.live))
  }, [down, isDistrusted, worker.label])
  if (!down) return null
  const { attempt, lastSeenAt, why } = standing
  return (
    <Notice
      strip
      kind={isDistrusted ? 'failed' : 'unreachable'}
      title={
        isDistrusted
          ? strings.connection.distrusted(worker.label)
          : strings.connection.reconnecting(worker.label, attempt ?? 1)
      }
      actions={
        <Button size="small" onClick={retryNow}>
          {strings.common.tryNow}
        </Button>
      }
    >
      {isDistrusted ? (
        <p className="text-muted">
          {strings.workers.sentences(why ?? strings.connection.distrustedWhy, strings.connection.distrustedMend)}
        </p>
      ) : null}
      {isDistrusted || lastSeenAt === undefined ? null : (
        <p className="text-muted">{strings.connection.lastSeen(worker.label, formatSeen(lastSeenAt, now))}</p>
      )}
    </Notice>
  )
}
