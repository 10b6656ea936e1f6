import type { ConnectionState } from '../../../client/worker-client.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import type { Worker } from '../../worker/workers.ts'
import { PairingScreen } from './pairing-screen.tsx'

/** In place of a page as long as nothing is known of its worker: what the connection is doing, and what helps. */
export function ConnectionScreen({ worker, state }: { worker: Worker; state: ConnectionState }) {
  switch (state.status) {
    case 'connecting':
    case 'live':
      return <Connecting worker={worker} />
    case 'reconnecting':
      return <Unreachable worker={worker} attempt={state.attempt} />
    case 'refused':
      return state.reason === 'incompatible' ? (
        <Incompatible worker={worker} message={state.message} />
      ) : (
        <PairingScreen worker={worker} />
      )
    case 'closed':
      return null
  }
}

/** A skeleton of the height of what will come, not before 300 ms. */
function Connecting({ worker }: { worker: Worker }) {
  return (
    <Delayed>
      <div role="status" className="flex flex-col gap-4 p-6">
        <h1 tabIndex={-1} className="flex items-center gap-2 text-muted">
          <StatusIcon kind="busy" label={null} />
          {strings.connection.connecting(worker.label)}
        </h1>
        <div aria-hidden className="h-8 w-60 rounded-control bg-hover" />
        <div aria-hidden className="h-4 w-100 max-w-full rounded-control bg-hover" />
        <div aria-hidden className="h-4 w-80 max-w-full rounded-control bg-hover" />
      </div>
    </Delayed>
  )
}

function Unreachable({ worker, attempt }: { worker: Worker; attempt: number }) {
  return (
    <EmptyState
      heading
      icon={<StatusIcon kind="unreachable" label={null} />}
      title={strings.connection.unreachable(worker.label)}
      body={strings.connection.unreachableBody}
    >
      <p className="w-full text-muted">{strings.connection.attempt(attempt)}</p>
      <Button onClick={() => worker.client.retryNow()}>{strings.common.tryNow}</Button>
    </EmptyState>
  )
}

function Incompatible({ worker, message }: { worker: Worker; message: string }) {
  return (
    <EmptyState
      heading
      icon={<StatusIcon kind="failed" label={null} />}
      title={strings.connection.incompatible(worker.label)}
      body={message === '' ? strings.connection.incompatibleBody : message}
    >
      <Button onClick={() => worker.client.retryNow()}>{strings.common.tryNow}</Button>
    </EmptyState>
  )
}
