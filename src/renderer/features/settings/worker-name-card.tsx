import { useState } from 'react'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveForm } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const LONGEST_LABEL = 120
const words = strings.workerAbout

/** What this app calls a worker. */
export function WorkerNameCard({ worker, registry }: { worker: Worker; registry: WorkerRegistry }) {
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { state, save, forget } = useSave()
  const label = typed ?? worker.label
  const submit = async (): Promise<void> => {
    if (await save(() => registry.rename(worker.id, label.trim()), words.nameSaved)) setTyped(undefined)
  }
  return (
    <SaveForm
      worker={worker}
      title={words.name}
      help={words.nameHelp}
      failed={words.nameFailed}
      state={state}
      isChanged={label.trim() !== worker.label && label.trim() !== ''}
      onSave={() => void submit()}
    >
      <Field label={words.name}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={LONGEST_LABEL}
            value={label}
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
