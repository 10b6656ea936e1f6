import { useState } from 'react'
import { Field, TextInput } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveForm } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const LONGEST_NAME = 120

type NameCardProps = {
  worker: Worker
  words: { title: string; help: string; label: string; failed: string; saved: string }
  /** As it is kept now. */
  name: string
  /** Whether it may be left empty. */
  isOptional?: boolean
  unavailable?: string | undefined
  /** Keeps a name, which has no blanks at its ends. */
  rename: (name: string) => Promise<unknown>
}

/** A name that people give, of a line. */
export function NameCard({ worker, words, name, isOptional = false, unavailable, rename }: NameCardProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { state, save, forget } = useSave()
  const shown = typed ?? name
  const wanted = shown.trim()
  const submit = async (): Promise<void> => {
    if (await save(() => rename(wanted), words.saved)) setTyped(undefined)
  }
  return (
    <SaveForm
      worker={worker}
      title={words.title}
      help={words.help}
      failed={words.failed}
      state={state}
      unavailable={unavailable}
      isChanged={wanted !== name && (isOptional || wanted !== '')}
      onSave={() => void submit()}
    >
      <Field label={words.label}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={LONGEST_NAME}
            value={shown}
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
