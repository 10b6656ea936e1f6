import { useState } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { changedLimits, draftOf, type LimitField, type LimitsDraft } from './limits.ts'
import { SaveForm } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const FIELDS: readonly LimitField[] = ['cpus', 'memory', 'pids']

type CardProps = { worker: Worker; workspace: WorkspaceInfo; unavailable: string | undefined }

/** How much of the computer the workspace may use. */
export function LimitsCard({ worker, workspace, unavailable }: CardProps) {
  const current = draftOf(workspace.resources)
  const [typed, setTyped] = useState<Partial<LimitsDraft>>({})
  const [wrong, setWrong] = useState<readonly LimitField[]>([])
  const { state, save, forget } = useSave()
  const draft = { ...current, ...typed }
  const submit = async (): Promise<void> => {
    const changed = changedLimits(draft, workspace.resources)
    setWrong(changed.ok ? [] : changed.wrong)
    if (!changed.ok) {
      document.getElementById(`limit-${changed.wrong[0] ?? 'cpus'}`)?.focus()
      return
    }
    const resources = changed.changes
    const update = () => worker.client.api.workspaces.update({ name: workspace.name, resources })
    if (await save(update, strings.settings.saved)) setTyped({})
  }
  return (
    <SaveForm
      worker={worker}
      title={strings.settings.limits}
      help={strings.settings.limitsHelp}
      failed={strings.settings.limitsFailed}
      state={state}
      unavailable={unavailable}
      isChanged={FIELDS.some((field) => draft[field] !== current[field])}
      onSave={() => void submit()}
    >
      <div className="grid grid-cols-[repeat(auto-fit,minmax(140px,1fr))] gap-4">
        {FIELDS.map((field) => (
          <Field
            key={field}
            id={`limit-${field}`}
            label={strings.settings.limit[field]}
            error={wrong.includes(field) ? strings.settings.limitError[field] : undefined}
          >
            {(ids) => (
              <TextInput
                {...ids}
                inputMode="decimal"
                value={draft[field]}
                onChange={({ currentTarget: { value } }) => {
                  setTyped((before) => ({ ...before, [field]: value }))
                  setWrong([])
                  forget()
                }}
              />
            )}
          </Field>
        ))}
      </div>
      {workspace.areLimitsPending === true ? <p className="text-muted">{strings.settings.limitsPending}</p> : null}
    </SaveForm>
  )
}
