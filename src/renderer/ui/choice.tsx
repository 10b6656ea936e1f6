import clsx from 'clsx'
import { useId } from 'react'

type ChoiceProps<Value extends string> = {
  legend: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
  /** In one line among other things: the legend is for screen readers alone. */
  inline?: boolean
}

/** One of a few: native radio buttons under a legend. */
export function Choice<Value extends string>({ legend, options, value, onChange, inline = false }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset>
      <legend className={inline ? 'sr-only' : 'mb-2 text-section font-strong'}>{legend}</legend>
      <div className={inline ? 'flex gap-1' : 'flex flex-wrap gap-2'}>
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              'flex items-center gap-2 rounded-control border px-3 touch-target',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              inline ? 'h-8' : 'h-10',
              option.value === value ? 'border-accent bg-selected' : 'border-control bg-surface hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className={inline ? 'sr-only' : 'size-4 accent-primary'}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
