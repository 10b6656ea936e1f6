import { useRef, useState } from 'react'
import { EnvironmentName } from '../../../contract/names.ts'
import { strings } from '../../strings/index.ts'
import { AddField, AddForm } from './add-form.tsx'

type AddVariableProps = {
  taken: readonly string[]
  unavailable: string | undefined
  /** Resolves whether it was saved; where not, what was typed stays. */
  onAdd: (name: string, value: string) => Promise<boolean>
}

/** A name and a value; the value is not shown as it is typed. */
export function AddVariable({ taken, unavailable, onAdd }: AddVariableProps) {
  const first = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const submit = async (): Promise<void> => {
    const wrong = nameError(name, taken)
    setError(wrong)
    first.current?.focus()
    if (wrong !== undefined || !(await onAdd(name, value))) return
    setName('')
    setValue('')
  }
  return (
    <AddForm submit={strings.settings.addVariable} unavailable={unavailable} onSubmit={submit}>
      <AddField
        label={strings.settings.variableName}
        error={error}
        ref={first}
        className="font-mono"
        value={name}
        onChange={(typed) => {
          setName(typed)
          setError(undefined)
        }}
      />
      <AddField
        label={strings.settings.variableValue}
        type="password"
        autoComplete="new-password"
        value={value}
        onChange={setValue}
      />
    </AddForm>
  )
}

function nameError(name: string, taken: readonly string[]): string | undefined {
  if (!EnvironmentName.safeParse(name).success) return strings.settings.variableNameError
  return taken.includes(name) ? strings.settings.variableTaken(name) : undefined
}
