import { Notice } from '../../ui/notice.tsx'
import type { CallFailure } from '../../worker/failure.ts'

/** Says aloud what a call was refused for and what to do, under `title`; nothing where nothing failed. */
export function CallFailureNotice({ title, failure }: { title: string; failure: CallFailure | undefined }) {
  if (failure === undefined) return null
  return (
    <div role="alert">
      <Notice kind="failed" title={title}>
        <p>{failure.message}</p>
        {failure.hint === undefined ? null : <p className="text-muted">{failure.hint}</p>}
      </Notice>
    </div>
  )
}
