import type { Ref } from 'react'
import { Field, TextInput } from './field.tsx'

type CodeFieldProps = {
  label: string
  help: string
  error: string | undefined
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  readOnly?: boolean
  isFirst?: boolean
  ref?: Ref<HTMLInputElement>
}

/** One field for a pairing code; it takes what is pasted, with its dashes and spaces. */
export function CodeField({ label, help, error, onChange, isFirst = false, ref, ...input }: CodeFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <TextInput
          {...ids}
          {...input}
          {...(ref === undefined ? {} : { ref })}
          data-focus-target={isFirst || undefined}
          maxLength={40}
          autoComplete="one-time-code"
          className="font-mono uppercase"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
