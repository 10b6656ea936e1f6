import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import type { CallFailure } from './failure.ts'
import { useCopyDiagnostics } from './use-diagnostics.ts'
import type { Worker } from './workers.ts'

type FailureDetailsProps = {
  worker: Worker
  /** Of a call that failed, or of a workspace that did. */
  about: { failure: CallFailure } | { workspace: WorkspaceInfo }
}

/** Folded under a failure: its code, and the diagnostics for whoever helps. */
export function FailureDetails({ worker, about }: FailureDetailsProps) {
  const copyDiagnostics = useCopyDiagnostics(worker, about)
  const code = 'failure' in about ? about.failure.code : about.workspace.failure?.code
  return (
    <Disclosure label={strings.common.details}>
      <div className="flex flex-col items-start gap-2">
        {code === undefined ? null : <p className="font-mono text-meta">{strings.creation.code(code)}</p>}
        <Button size="small" onClick={() => void copyDiagnostics()}>
          {strings.creation.copyDiagnostics}
        </Button>
      </div>
    </Disclosure>
  )
}
