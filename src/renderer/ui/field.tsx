import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'

const CONTROL =
  'w-full rounded-control border bg-surface px-2 text-fg placeholder:text-muted touch-target focus-visible:outline-offset-0'

export type FieldIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

/** A label, its control, and under it the error or else the help. The control is tied to all of them. */
export function Field(props: {
  label: string
  /** Where the control must be found by others; else one is made. */
  id?: string
  help?: string | undefined
  error?: string | undefined
  children: (ids: FieldIds) => ReactNode
}) {
  const made = useId()
  const id = props.id ?? made
  const note = props.error ?? props.help
  const ids: FieldIds = {
    id,
    'aria-describedby': note === undefined ? undefined : `${id}-note`,
    'aria-invalid': props.error === undefined ? undefined : true,
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-strong">
        {props.label}
      </label>
      {props.children(ids)}
      {note === undefined ? null : (
        <p id={`${id}-note`} className={clsx('text-meta', props.error === undefined ? 'text-muted' : 'text-error')}>
          {note}
        </p>
      )}
    </div>
  )
}

const edge = (invalid: unknown): string => (invalid === true ? 'border-error' : 'border-control')

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      className={clsx(CONTROL, 'h-8', edge(rest['aria-invalid']), className)}
      {...rest}
    />
  )
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      spellCheck={false}
      className={clsx(CONTROL, 'py-1.5 font-mono', edge(rest['aria-invalid']), className)}
      {...rest}
    />
  )
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={clsx(CONTROL, 'h-8', edge(rest['aria-invalid']), className)} {...rest} />
}
