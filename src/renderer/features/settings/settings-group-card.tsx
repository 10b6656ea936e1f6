import { useState } from 'react'
import type { WorkerSettings, WorkerSettingsPatch } from '../../../contract/agent/config.ts'
import { strings } from '../../strings/index.ts'
import { Field, type FieldIds, Select, TextArea, TextInput } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveForm } from './settings-card.tsx'
import { IDLE_STOPS, spanChoices } from './spans.ts'
import { useSave } from './use-save.ts'
import { draftOfSettings, patchOf, type SettingsDraft, type SettingsField } from './worker-draft.ts'

/** Settings that belong together and are saved together. */
export type SettingsGroup = { title: string; help: string; fields: readonly SettingsField[] }

type SettingsGroupCardProps = {
  worker: Worker
  group: SettingsGroup
  settings: WorkerSettings
  unavailable: string | undefined
  update: (patch: WorkerSettingsPatch) => Promise<void>
}

const words = strings.workerSettings

export function SettingsGroupCard({ worker, group, settings, unavailable, update }: SettingsGroupCardProps) {
  const current = draftOfSettings(settings)
  const [typed, setTyped] = useState<Partial<SettingsDraft>>({})
  const [wrong, setWrong] = useState<readonly SettingsField[]>([])
  const { state, save, forget } = useSave()
  const draft = { ...current, ...typed }
  const changed = group.fields.filter((field) => draft[field] !== current[field])
  const submit = async (): Promise<void> => {
    const read = patchOf(Object.fromEntries(changed.map((field) => [field, draft[field]])))
    setWrong(read.ok ? [] : read.wrong)
    if (!read.ok) document.getElementById(fieldId(read.wrong[0] ?? 'port'))?.focus()
    else if (await save(() => update(read.patch), strings.settings.saved)) setTyped({})
  }
  return (
    <SaveForm
      worker={worker}
      title={group.title}
      help={group.help}
      failed={words.failed}
      state={state}
      unavailable={unavailable}
      isChanged={changed.length > 0}
      onSave={() => void submit()}
    >
      <div className="grid grid-cols-1 gap-4 narrow:grid-cols-2">
        {group.fields.map((field) => (
          <Field
            key={field}
            id={fieldId(field)}
            label={words.field[field]}
            help={words.help[field]}
            error={wrong.includes(field) ? errorOf(field) : undefined}
          >
            {(ids) => (
              <Control
                ids={ids}
                field={field}
                value={draft[field]}
                onChange={(value) => {
                  setTyped((before) => ({ ...before, [field]: value }))
                  setWrong([])
                  forget()
                }}
              />
            )}
          </Field>
        ))}
      </div>
      {group.fields.some((field) => awaitsRestart(field, settings)) ? (
        <p className="text-warn">{words.afterRestart}</p>
      ) : null}
    </SaveForm>
  )
}

const fieldId = (field: SettingsField): string => `worker-${field}`

type ControlProps = { ids: FieldIds; field: SettingsField; value: string; onChange: (value: string) => void }

function Control({ ids, field, value, onChange }: ControlProps) {
  const bound = {
    ...ids,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  switch (field) {
    case 'allowedHosts':
      return <TextArea {...bound} rows={2} />
    case 'idleStopSeconds':
      return (
        <Select {...bound}>
          {spanChoices(IDLE_STOPS, Number(value)).map((seconds) => (
            <option key={seconds} value={seconds}>
              {strings.settings.span(seconds)}
            </option>
          ))}
        </Select>
      )
    case 'privilegedDocker':
      return (
        <Select {...bound}>
          {(['admin', 'operate'] as const).map((scope) => (
            <option key={scope} value={scope}>
              {words.privilegedDocker[scope]}
            </option>
          ))}
        </Select>
      )
    case 'runtimeAddress':
      return (
        <Select {...bound}>
          {(['auto', 'container', 'published'] as const).map((way) => (
            <option key={way} value={way}>
              {words.runtimeAddress[way]}
            </option>
          ))}
        </Select>
      )
    default:
      return <TextInput {...bound} className="font-mono" />
  }
}

function errorOf(field: SettingsField): string {
  switch (field) {
    case 'ssh':
    case 'http':
    case 'codeServer':
    case 'custom':
      return words.error.ports
    default:
      return words.error[field]
  }
}

/** Whether what is written is not what the agent goes by yet. */
function awaitsRestart(field: SettingsField, { afterRestart }: WorkerSettings): boolean {
  if (field === 'port' || field === 'allowedHosts') return afterRestart.includes(field)
  return (field === 'host' || field === 'runtimeAddress' || field === 'baseImage') && afterRestart.includes('engine')
}
