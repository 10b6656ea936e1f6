import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import type { Worker } from '../../worker/workers.ts'
import { LifeCard } from './life-card.tsx'
import { LimitsCard } from './limits-card.tsx'
import { RebuildCard } from './rebuild-card.tsx'
import { SettingsCard } from './settings-card.tsx'
import { StartScriptCard } from './start-script-card.tsx'
import { TitleCard } from './title-card.tsx'
import { WorkspaceVariablesCard } from './workspace-variables-card.tsx'

type WorkspaceSettingsProps = {
  worker: Worker
  workspace: WorkspaceInfo
  isReachable: boolean
  /** Undefined: it cannot be deleted now. */
  onDelete: (() => void) | undefined
}

/** What is kept of a workspace and can be another than it is; each card is saved by itself. */
export function WorkspaceSettingsView({ worker, workspace, isReachable, onDelete }: WorkspaceSettingsProps) {
  const unavailable = isReachable ? undefined : strings.settings.connectToChange
  const card = { worker, workspace, unavailable }
  return (
    <div className="mx-auto flex w-full max-w-200 flex-col gap-4 p-4">
      <p className="text-muted">{strings.settings.workspaceStored(worker.label)}</p>
      <TitleCard {...card} />
      <WorkspaceVariablesCard worker={worker} name={workspace.name} unavailable={unavailable} />
      <StartScriptCard {...card} />
      <LimitsCard {...card} />
      <LifeCard {...card} />
      <RebuildCard {...card} />
      <SettingsCard title={strings.settings.danger} help={strings.settings.dangerHelp}>
        <div>
          <Button variant="danger" unavailable={onDelete === undefined} onClick={() => onDelete?.()}>
            {strings.settings.deleteWorkspace(workspace.name)}
          </Button>
        </div>
      </SettingsCard>
    </div>
  )
}
