import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { formatSeen } from '../../worker/format.ts'
import type { Standing } from '../../worker/standing.ts'
import { useNow } from '../../worker/use-now.ts'
import { useRetryNow, type Worker } from '../../worker/workers.ts'
import { AnotherAgent } from './another-agent.tsx'
import { PairingScreen } from './pairing-screen.tsx'

/** In place of a page as long as nothing is known of its worker: what the connection is doing, and what helps. */
export function ConnectionScreen({ worker, standing }: { worker: Worker; standing: Standing }) {
  switch (standing.status) {
    case 'connecting':
    case 'live':
      return <Connecting worker={worker} />
    case 'away':
      return <Unreachable worker={worker} away={standing} />
    case 'incompatible':
      return <Incompatible worker={worker} message={standing.message} />
    case 'unauthorized':
      return standing.cause === 'another_agent' ? (
        <AnotherAgent worker={worker} message={standing.message} />
      ) : (
        <PairingScreen worker={worker} standing={standing} />
      )
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

const AGE_EVERY_MS = 60_000

function Unreachable({ worker, away }: { worker: Worker; away: Extract<Standing, { status: 'away' }> }) {
  const now = useNow(AGE_EVERY_MS)
  const retryNow = useRetryNow(worker)
  const { lastSeenAt, attempt, why, isDistrusted } = away
  if (isDistrusted) return <Distrusted worker={worker} why={why} />
  return (
    <EmptyState
      heading
      icon={<StatusIcon kind="unreachable" label={null} />}
      title={
        lastSeenAt === undefined
          ? strings.connection.unreachable(worker.label)
          : strings.connection.lastSeen(worker.label, formatSeen(lastSeenAt, now))
      }
      body={strings.workers.sentences(strings.connection.unreachableBody, why)}
    >
      {attempt === undefined ? null : <p className="w-full text-muted">{strings.connection.attempt(attempt)}</p>}
      <Button data-focus-target onClick={retryNow}>
        {strings.common.tryNow}
      </Button>
    </EmptyState>
  )
}

/** Something answers in its place: why it is not believed, and how a certificate that was renewed is trusted. */
function Distrusted({ worker, why }: { worker: Worker; why: string | undefined }) {
  const retryNow = useRetryNow(worker)
  return (
    <EmptyState
      heading
      icon={<StatusIcon kind="failed" label={null} />}
      title={strings.connection.distrusted(worker.label)}
      body={strings.workers.sentences(why ?? strings.connection.distrustedWhy, strings.connection.distrustedMend)}
    >
      <Button data-focus-target onClick={retryNow}>
        {strings.common.tryNow}
      </Button>
    </EmptyState>
  )
}

function Incompatible({ worker, message }: { worker: Worker; message: string }) {
  const retryNow = useRetryNow(worker)
  return (
    <EmptyState
      heading
      icon={<StatusIcon kind="failed" label={null} />}
      title={strings.connection.incompatible(worker.label)}
      body={message === '' ? strings.connection.incompatibleBody : message}
    >
      <Button onClick={retryNow}>{strings.common.tryNow}</Button>
    </EmptyState>
  )
}
