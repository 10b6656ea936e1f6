import { useState } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveForm } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const LONGEST_TITLE = 120

type CardProps = { worker: Worker; workspace: WorkspaceInfo; unavailable: string | undefined }

/** What people call the workspace, beside its name, which stays. */
export function TitleCard({ worker, workspace, unavailable }: CardProps) {
  const current = workspace.title ?? ''
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { state, save, forget } = useSave()
  const title = typed ?? current
  const submit = async (): Promise<void> => {
    const update = () => worker.client.api.workspaces.update({ name: workspace.name, title: title.trim() })
    if (await save(update, strings.settings.saved)) setTyped(undefined)
  }
  return (
    <SaveForm
      worker={worker}
      title={strings.settings.nameSection}
      help={strings.settings.nameHelp(workspace.name)}
      failed={strings.settings.titleFailed}
      state={state}
      unavailable={unavailable}
      isChanged={title.trim() !== current}
      onSave={() => void submit()}
    >
      <Field label={strings.settings.titleLabel}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={LONGEST_TITLE}
            value={title}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              forget()
            }}
          />
        )}
      </Field>
    </SaveForm>
  )
}
