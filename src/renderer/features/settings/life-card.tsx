import { useState } from 'react'
import { type WorkspaceInfo, WorkspaceType } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Field, Select } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { changedLife, type Life, lifeOf } from './life.ts'
import { SaveForm } from './settings-card.tsx'
import { IDLE_STOPS, spanChoices } from './spans.ts'
import { useSave } from './use-save.ts'

/** In seconds. */
const LIVES = [3600, 14_400, 86_400, 604_800] as const

type CardProps = { worker: Worker; workspace: WorkspaceInfo; unavailable: string | undefined }

/** What stops the workspace by itself, and what ends it. */
export function LifeCard({ worker, workspace, unavailable }: CardProps) {
  const [chosen, setChosen] = useState<Partial<Life>>({})
  const { state, save, forget } = useSave()
  const life = { ...lifeOf(workspace), ...chosen }
  const changes = changedLife(life, workspace)
  const choose = (part: Partial<Life>): void => {
    setChosen((before) => ({ ...before, ...part }))
    forget()
  }
  const submit = async (): Promise<void> => {
    const update = () => worker.client.api.workspaces.update({ name: workspace.name, ...changes })
    if (await save(update, strings.settings.saved)) setChosen({})
  }
  return (
    <SaveForm
      worker={worker}
      title={strings.settings.life}
      failed={strings.settings.lifeFailed}
      state={state}
      unavailable={unavailable}
      isChanged={Object.keys(changes).length > 0}
      onSave={() => void submit()}
    >
      <div className="grid grid-cols-[repeat(auto-fit,minmax(200px,1fr))] gap-4">
        <Field label={strings.settings.type} help={strings.settings.typeHelp[life.type]}>
          {(ids) => (
            <Select
              {...ids}
              value={life.type}
              onChange={({ currentTarget: { value } }) => choose({ type: WorkspaceType.parse(value) })}
            >
              {WorkspaceType.options.map((option) => (
                <option key={option} value={option}>
                  {strings.settings.types[option]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {life.type === 'agent' ? (
          <SpanSelect
            label={strings.settings.ttl}
            spans={spanChoices(LIVES, life.ttlSeconds)}
            value={life.ttlSeconds}
            onChange={(value) => choose({ ttlSeconds: value })}
          />
        ) : null}
        <SpanSelect
          label={strings.settings.idleStop}
          help={strings.settings.idleStopHelp}
          spans={spanChoices(IDLE_STOPS, life.idleStopSeconds)}
          value={life.idleStopSeconds}
          onChange={(value) => choose({ idleStopSeconds: value })}
        />
      </div>
    </SaveForm>
  )
}

type SpanSelectProps = {
  label: string
  help?: string
  spans: readonly number[]
  value: number
  onChange: (seconds: number) => void
}

function SpanSelect({ label, help, spans, value, onChange }: SpanSelectProps) {
  return (
    <Field label={label} help={help}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
          {spans.map((seconds) => (
            <option key={seconds} value={seconds}>
              {strings.settings.span(seconds)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
