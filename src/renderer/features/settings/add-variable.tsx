import { useRef, useState } from 'react'
import { EnvironmentName } from '../../../contract/names.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'

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
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (unavailable === undefined) void submit()
      }}
    >
      <div className="min-w-40 flex-1">
        <Field label={strings.settings.variableName} error={error}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={first}
              className="font-mono"
              value={name}
              onChange={(event) => {
                setName(event.currentTarget.value)
                setError(undefined)
              }}
            />
          )}
        </Field>
      </div>
      <div className="min-w-40 flex-1">
        <Field label={strings.settings.variableValue}>
          {(ids) => (
            <TextInput
              {...ids}
              type="password"
              autoComplete="new-password"
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" className="mt-6" unavailable={unavailable !== undefined} title={unavailable}>
        {strings.settings.addVariable}
      </Button>
    </form>
  )
}

function nameError(name: string, taken: readonly string[]): string | undefined {
  if (!EnvironmentName.safeParse(name).success) return strings.settings.variableNameError
  return taken.includes(name) ? strings.settings.variableTaken(name) : undefined
}
