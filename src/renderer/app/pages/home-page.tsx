import { ConnectionScreen } from '../../features/connection/connection-screen.tsx'
import { EngineScreen } from '../../features/engine/engine-screen.tsx'
import { LoginsCard } from '../../features/settings/logins-card.tsx'
import { FirstRun } from '../../features/workspaces/first-run.tsx'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { failureOf } from '../../worker/failure.ts'
import { useConnection, useWorkerInfo, useWorkspaces, type Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'
import { useStageFocus } from '../route-focus.ts'
import { useOpenCreated } from '../use-open-created.ts'
import { useWorkerList } from '../worker-list.ts'
import { WorkspaceCards } from './workspace-cards.tsx'

/** The start: what keeps the first worker from working, the way to a first workspace, or the workspaces there are. */
export function HomePage() {
  const [first] = useWorkerList()
  if (first === undefined) return null
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <WorkerHome worker={first.worker} />
    </div>
  )
}

function WorkerHome({ worker }: { worker: Worker }) {
  const connection = useConnection(worker.client)
  const { data: info, error, refetch } = useWorkerInfo(worker)
  const { data: workspaces } = useWorkspaces(worker)
  const { openCreate } = useNavigation()
  const openCreated = useOpenCreated(worker)
  useStageFocus(
    `${connection.status} ${info?.engine.status ?? ''} ${String(workspaces === undefined)} ${String(workspaces?.length === 0)}`,
  )
  if (connection.status === 'refused' || workspaces === undefined || info === undefined) {
    return connection.status === 'live' && error !== null ? (
      <EmptyState heading title={strings.shell.infoFailed(worker.label)} body={failureOf(error).message}>
        <Button onClick={() => void refetch()}>{strings.common.tryNow}</Button>
      </EmptyState>
    ) : (
      <ConnectionScreen worker={worker} state={connection} />
    )
  }
  const { engine } = info
  if (engine.status !== 'ready') return <EngineScreen worker={worker} engine={engine} status={engine.status} />
  if (workspaces.length > 0) return <WorkspaceCards worker={worker} workspaces={workspaces} />
  return (
    <FirstRun worker={worker} onCreated={openCreated} onOptions={() => openCreate()}>
      <LoginsCard worker={worker} />
    </FirstRun>
  )
}
