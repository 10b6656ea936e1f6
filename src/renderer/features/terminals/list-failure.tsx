import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { failureOf } from '../../worker/failure.ts'

type ListFailureProps = {
  title: string
  error: unknown
  onRetry: () => void
}

/** The worker could not say what it has. */
export function ListFailure({ title, error, onRetry }: ListFailureProps) {
  return (
    <Notice
      strip
      kind="failed"
      title={title}
      actions={
        <Button size="small" onClick={onRetry}>
          {strings.common.tryNow}
        </Button>
      }
    >
      <p className="text-muted">{failureOf(error).message}</p>
    </Notice>
  )
}
