import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import type { CallFailure } from './failure.ts'
import { useCopyDiagnostics } from './use-diagnostics.ts'
import type { Worker } from './workers.ts'

/** Folded under a failure: its code, and the diagnostics for whoever helps. */
export function FailureDetails({ worker, failure }: { worker: Worker; failure: CallFailure }) {
  const copyDiagnostics = useCopyDiagnostics(worker, { failure })
  return (
    <Disclosure label={strings.common.details}>
      <div className="flex flex-col items-start gap-2">
        <p className="font-mono text-meta">{strings.creation.code(failure.code)}</p>
        <Button size="small" onClick={() => void copyDiagnostics()}>
          {strings.creation.copyDiagnostics}
        </Button>
      </div>
    </Disclosure>
  )
}
