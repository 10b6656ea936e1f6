import { Notice } from '../ui/notice.tsx'
import type { CallFailure } from './failure.ts'
import { FailureDetails } from './failure-details.tsx'
import type { Worker } from './workers.ts'

/** In place of what a worker did not give. */
export function RefusedView({ worker, title, failure }: { worker: Worker; title: string; failure: CallFailure }) {
  return (
    <div className="p-4">
      <Notice kind="failed" title={title}>
        <p>{failure.message}</p>
        {failure.hint === undefined ? null : <p className="text-muted">{failure.hint}</p>}
        <FailureDetails worker={worker} about={{ failure }} />
      </Notice>
    </div>
  )
}
