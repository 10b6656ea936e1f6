import type { WorkspaceInfo, WorkspaceNotice } from '../../../contract/agent/workspace.ts'
import { putOffEnd } from '../../features/workspaces/actions.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { StatusKind } from '../../ui/status-icon.tsx'
import { formatLeft } from '../../worker/format.ts'
import { endOf } from '../../worker/life.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import type { Worker } from '../../worker/workers.ts'
import { useStageFocus } from '../route-focus.ts'
import type { useWorkspaceActions } from '../workspace-menu.tsx'

type LifeStripProps = {
  worker: Worker
  workspace: WorkspaceInfo
  actions: ReturnType<typeof useWorkspaceActions>
  isReachable: boolean
}

const COUNTED_EVERY_MS = 15_000

/** What a person should know of the life of the workspace now, with what can be done; nothing where all is as usual. */
export function LifeStrip({ worker, workspace, actions, isReachable }: LifeStripProps) {
  const { name, notice } = workspace
  const now = useWorkerNow(worker, workspace.expiresAt === undefined ? undefined : COUNTED_EVERY_MS)
  const end = endOf(workspace, now)
  const isNear = end?.kind === 'time' && end.isNear
  // What was pressed goes with the strip.
  useStageFocus(`${isNear} ${notice?.code ?? ''} ${workspace.areLimitsPending === true}`)
  if (isNear) {
    return (
      <Notice
        strip
        kind="waiting"
        title={strings.life.near(name, formatLeft(end.leftMs))}
        actions={
          <Button size="small" unavailable={!isReachable} onClick={() => void putOffEnd(worker, name)}>
            {strings.life.putOff}
          </Button>
        }
      >
        <p className="text-muted">{strings.life.nearBody}</p>
      </Notice>
    )
  }
  // An end that was announced and is not near: it was put off since, or another clock says so.
  if (notice === undefined || notice.code === 'expiring') return pendingLimits(workspace, actions)
  const { kind, label, run } = remedyOf(notice.code, actions)
  return <Notice strip kind={kind} title={notice.message} actions={<Act label={label} run={run} />} />
}

/** Limits that were changed and hold from the next start; said of what runs, for a start is what it takes. */
function pendingLimits({ areLimitsPending, status }: WorkspaceInfo, actions: LifeStripProps['actions']) {
  if (areLimitsPending !== true || status !== 'running') return null
  return (
    <Notice
      strip
      kind="waiting"
      title={strings.settings.limitsPending}
      actions={<Act label={strings.life.restartNow} run={actions.restart} />}
    />
  )
}

type Remedy = { kind: StatusKind; label: string; run: (() => void) | undefined }

/** How a notice looks, and what is most likely to be done about it. */
function remedyOf(code: Exclude<WorkspaceNotice['code'], 'expiring'>, actions: LifeStripProps['actions']): Remedy {
  switch (code) {
    case 'kept':
      return { kind: 'waiting', label: strings.workspace.delete, run: actions.remove }
    case 'idle_stopped':
      return { kind: 'stopped', label: strings.workspace.start, run: actions.start }
  }
}

function Act({ label, run }: { label: string; run: (() => void) | undefined }) {
  return (
    <Button size="small" unavailable={run === undefined} onClick={() => run?.()}>
      {label}
    </Button>
  )
}
