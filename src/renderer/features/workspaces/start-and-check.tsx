import { useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { type CallFailure, failureOf } from '../../worker/failure.ts'
import { useWorkspaces, type Worker } from '../../worker/workers.ts'
import { CallFailureNotice } from './call-failure-notice.tsx'

type StartAndCheckProps = { worker: Worker; name: string; onStarted: () => unknown }
type State = { status: 'idle' } | { status: 'starting' } | { status: 'failed'; failure: CallFailure }

/** A stopped workspace whose work could not be looked at: it is started, and then looked at. */
export function StartAndCheck({ worker, name, onStarted }: StartAndCheckProps) {
  const { data: workspaces } = useWorkspaces(worker)
  const [state, setState] = useState<State>({ status: 'idle' })
  const status = workspaces?.find((row) => row.name === name)?.status
  if (status !== 'stopped' && state.status === 'idle') return null
  const start = async (): Promise<void> => {
    setState({ status: 'starting' })
    try {
      await worker.client.api.workspaces.start({ name })
      setState({ status: 'idle' })
      onStarted()
    } catch (error) {
      setState({ status: 'failed', failure: failureOf(error) })
    }
  }
  const isStarting = state.status === 'starting'
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button unavailable={isStarting} aria-busy={isStarting} onClick={() => void start()}>
          {isStarting ? strings.deletion.startingToCheck : strings.deletion.startAndCheck}
        </Button>
      </div>
      <CallFailureNotice
        title={strings.workspace.startFailed(name)}
        failure={state.status === 'failed' ? state.failure : undefined}
      />
    </div>
  )
}
