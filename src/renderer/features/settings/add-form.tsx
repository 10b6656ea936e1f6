import type { ComponentProps, ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'

type AddFormProps = {
  /** The word on its button. */
  submit: string
  /** Why nothing can be added now. */
  unavailable: string | undefined
  onSubmit: () => Promise<void>
  children: ReactNode
}

/** Fields in a line, and a button that adds what is in them to a list above. */
export function AddForm({ submit, unavailable, onSubmit, children }: AddFormProps) {
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (unavailable === undefined) void onSubmit()
      }}
    >
      {children}
      <Button type="submit" className="mt-6" unavailable={unavailable !== undefined} title={unavailable}>
        {submit}
      </Button>
    </form>
  )
}

type AddFieldProps = Omit<ComponentProps<typeof TextInput>, 'onChange' | 'value'> & {
  label: string
  help?: string
  error?: string | undefined
  value: string
  onChange: (value: string) => void
}

export function AddField({ label, help, error, onChange, ...input }: AddFieldProps) {
  return (
    <div className="min-w-44 flex-1">
      <Field label={label} help={help} error={error}>
        {(ids) => <TextInput {...ids} {...input} onChange={(event) => onChange(event.currentTarget.value)} />}
      </Field>
    </div>
  )
}
