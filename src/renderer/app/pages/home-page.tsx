import { useParams } from 'react-router'
import { ConnectionScreen } from '../../features/connection/connection-screen.tsx'
import { EngineScreen } from '../../features/engine/engine-screen.tsx'
import { LoginsCard } from '../../features/settings/logins-card.tsx'
import { FirstRun } from '../../features/workspaces/first-run.tsx'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { failureOf } from '../../worker/failure.ts'
import { isAllThatIsKnown } from '../../worker/standing.ts'
import { useStanding, useWorkerInfo, useWorkspaces, type Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'
import { useStageFocus } from '../route-focus.ts'
import { useCurrentWorker } from '../switching/where.ts'
import { useOpenCreated } from '../use-open-created.ts'
import { useWorkerList } from '../worker-list.ts'
import { WorkspaceCards } from './workspace-cards.tsx'

/** The start of the app: that of the worker which was looked at last. */
export function HomePage() {
  const worker = useCurrentWorker()
  return worker === undefined ? null : <WorkerHome key={worker.id} worker={worker} />
}

/** The start of the worker that the address names. */
export function WorkerPage() {
  const { worker: id } = useParams()
  const workers = useWorkerList()
  const { openHome } = useNavigation()
  const worker = workers.find((listed) => listed.worker.id === id)?.worker
  if (workers.length === 0) return null
  if (worker !== undefined) return <WorkerHome key={worker.id} worker={worker} />
  return (
    <EmptyState heading title={strings.workers.unknown} body={strings.workers.unknownBody}>
      <Button onClick={openHome}>{strings.shell.backToWorkspaces}</Button>
    </EmptyState>
  )
}

function WorkerHome({ worker }: { worker: Worker }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Stage worker={worker} />
    </div>
  )
}

/** What keeps a worker from working, the way to a first workspace, or the workspaces there are. */
function Stage({ worker }: { worker: Worker }) {
  const standing = useStanding(worker)
  const { data: info, error, refetch } = useWorkerInfo(worker)
  const { data: workspaces } = useWorkspaces(worker)
  const { openCreate, openAddWorker } = useNavigation()
  const { registry } = usePlatform()
  const onOtherWorker = registry === undefined ? undefined : () => openAddWorker()
  const openCreated = useOpenCreated(worker)
  useStageFocus(
    `${standing.status} ${info?.engine.status ?? ''} ${String(workspaces === undefined)} ${String(workspaces?.length === 0)}`,
  )
  if (isAllThatIsKnown(standing, workspaces) || workspaces === undefined || info === undefined) {
    return standing.status === 'live' && error !== null ? (
      <EmptyState heading title={strings.shell.infoFailed(worker.label)} body={failureOf(error).message}>
        <Button onClick={() => void refetch()}>{strings.common.tryNow}</Button>
      </EmptyState>
    ) : (
      <ConnectionScreen worker={worker} standing={standing} />
    )
  }
  const { engine } = info
  if (engine.status !== 'ready')
    return <EngineScreen worker={worker} engine={engine} status={engine.status} onOtherWorker={onOtherWorker} />
  if (workspaces.length > 0) return <WorkspaceCards worker={worker} workspaces={workspaces} />
  return (
    <FirstRun worker={worker} onCreated={openCreated} onOptions={() => openCreate()}>
      <LoginsCard worker={worker} />
    </FirstRun>
  )
}
