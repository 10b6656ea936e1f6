import { useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { useRetryNow, type Worker } from '../../worker/workers.ts'
import { PairWithWorker } from './pairing-screen.tsx'

/**
 * Another agent answers at the worker's place. A code that is typed goes to that one, and so do keys after it: nothing asks for a code before a
 * person has said that it is the worker, set up anew.
 */
export function AnotherAgent({ worker, message }: { worker: Worker; message: string }) {
  const retryNow = useRetryNow(worker)
  const [isSetUpAnew, setSetUpAnew] = useState(false)
  if (isSetUpAnew) {
    return <PairWithWorker worker={worker} intro={strings.connection.setUpAnewIntro(worker.label)} takesFocus />
  }
  return (
    <EmptyState
      heading
      icon={<StatusIcon kind="failed" label={null} />}
      title={strings.connection.distrusted(worker.label)}
      body={strings.workers.sentences(message, strings.connection.anotherAgentToken)}
    >
      <Button data-focus-target onClick={retryNow}>
        {strings.common.tryNow}
      </Button>
      <Button onClick={() => setSetUpAnew(true)}>{strings.connection.setUpAnew}</Button>
    </EmptyState>
  )
}
