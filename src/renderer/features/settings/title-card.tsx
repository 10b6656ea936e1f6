import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { NameCard } from './name-card.tsx'

const { nameSection, nameHelp, titleLabel, titleFailed, saved } = strings.settings

type CardProps = { worker: Worker; workspace: WorkspaceInfo; unavailable: string | undefined }

/** What people call the workspace, beside its name, which stays. */
export function TitleCard({ worker, workspace, unavailable }: CardProps) {
  return (
    <NameCard
      worker={worker}
      words={{
        title: nameSection,
        help: nameHelp(workspace.name),
        label: titleLabel,
        failed: titleFailed,
        saved,
      }}
      name={workspace.title ?? ''}
      isOptional
      unavailable={unavailable}
      rename={(title) => worker.client.api.workspaces.update({ name: workspace.name, title })}
    />
  )
}
