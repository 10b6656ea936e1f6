import clsx from 'clsx'
import { splitMiddle } from './split-middle.ts'
import { Tooltip } from './tooltip.tsx'

/**
 * A name on one line that loses its middle when it is too long, because the ends tell names apart. The whole name stands
 * in the accessible tree; a long one has a tooltip.
 */
export function MiddleTruncate(props: {
  text: string
  className?: string
  /** The name is told elsewhere: this is for the eye alone. */
  decorative?: boolean
}) {
  const { text, className, decorative = false } = props
  const { head, tail } = splitMiddle(text)
  const whole = (
    <span className={clsx('flex min-w-0 overflow-hidden', className)}>
      {decorative ? null : <span className="sr-only">{text}</span>}
      <span aria-hidden className="truncate">
        {head}
      </span>
      <span aria-hidden className="shrink-0 whitespace-pre">
        {tail}
      </span>
    </span>
  )
  return tail === '' ? whole : <Tooltip label={text}>{whole}</Tooltip>
}
