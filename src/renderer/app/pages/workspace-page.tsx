import { useEffect, useRef } from 'react'
import { useParams } from 'react-router'
import { ConnectionScreen } from '../../features/connection/connection-screen.tsx'
import { ReconnectingStrip } from '../../features/connection/reconnecting-strip.tsx'
import { EngineStrip } from '../../features/engine/engine-strip.tsx'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useStanding, useWorkerInfo, useWorkspaces, type Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'
import { isSection, type Section } from '../paths.ts'
import { useStageFocus } from '../route-focus.ts'
import { useWorkerList } from '../worker-list.ts'
import { WorkspaceBody } from './workspace-body.tsx'

/** The page of a workspace, by its address. What is known goes on being shown while its worker is away. */
export function WorkspacePage() {
  const { worker: id, workspace: name = '', section } = useParams()
  const workers = useWorkerList()
  const listed = workers.find(({ worker }) => worker.id === id)
  if (workers.length === 0) return null
  if (listed === undefined) return <Gone worker={id ?? ''} name={name} />
  return (
    <Loaded
      key={`${listed.worker.id}/${name}`}
      worker={listed.worker}
      name={name}
      section={isSection(section) ? section : 'terminals'}
    />
  )
}

function Loaded({ worker, name, section }: { worker: Worker; name: string; section: Section }) {
  const standing = useStanding(worker)
  const { data: workspaces } = useWorkspaces(worker)
  const { data: info } = useWorkerInfo(worker)
  const { openWorker } = useNavigation()
  useStageFocus(`${standing.status} ${String(workspaces === undefined)}`)
  useLeaveWhenDeleted(workspaces?.some((row) => row.name === name))
  if (workspaces === undefined || standing.status === 'unauthorized' || standing.status === 'incompatible') {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ConnectionScreen worker={worker} standing={standing} />
      </div>
    )
  }
  const workspace = workspaces.find((row) => row.name === name)
  return (
    <>
      <ReconnectingStrip worker={worker} standing={standing} />
      {info === undefined ? null : (
        <EngineStrip worker={worker} engine={info.engine} onDetails={() => openWorker(worker.id)} />
      )}
      {workspace === undefined ? (
        <Gone worker={worker.label} name={name} />
      ) : (
        <WorkspaceBody
          key={workspace.id}
          worker={worker}
          workspace={workspace}
          section={section}
          isReachable={standing.status === 'live'}
        />
      )}
    </>
  )
}

/** A workspace that is deleted while it is looked at leaves the screen to the others; `isThere` is undefined while unknown. */
function useLeaveWhenDeleted(isThere: boolean | undefined): void {
  const { leaveGone } = useNavigation()
  const wasThere = useRef(false)
  useEffect(() => {
    if (isThere === false && wasThere.current) leaveGone()
    if (isThere !== undefined) wasThere.current = isThere
  }, [isThere, leaveGone])
}

function Gone({ worker, name }: { worker: string; name: string }) {
  const { openHome } = useNavigation()
  return (
    <EmptyState heading title={strings.shell.workspaceGone(name, worker)} body={strings.shell.pageNotFoundBody}>
      <Button onClick={openHome}>{strings.shell.backToWorkspaces}</Button>
    </EmptyState>
  )
}
