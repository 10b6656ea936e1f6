import { useState } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Field, TextArea } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveForm } from './settings-card.tsx'
import { useSave } from './use-save.ts'

type CardProps = { worker: Worker; workspace: WorkspaceInfo; unavailable: string | undefined }

/** What this workspace runs after each of its starts. */
export function StartScriptCard({ worker, workspace, unavailable }: CardProps) {
  const current = workspace.startScript ?? ''
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { state, save, forget } = useSave()
  const script = typed ?? current
  const submit = async (): Promise<void> => {
    const update = () => worker.client.api.workspaces.update({ name: workspace.name, startScript: script })
    if (await save(update, strings.settings.scriptSaved)) setTyped(undefined)
  }
  return (
    <SaveForm
      worker={worker}
      title={strings.settings.startScript}
      help={strings.settings.startScriptHere}
      failed={strings.settings.scriptFailed}
      state={state}
      unavailable={unavailable}
      isChanged={script !== current}
      onSave={() => void submit()}
    >
      <Field label={strings.settings.scriptLines}>
        {(ids) => (
          <TextArea
            {...ids}
            rows={4}
            value={script}
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
