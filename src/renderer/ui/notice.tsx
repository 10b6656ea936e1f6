import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { StatusIcon, type StatusKind } from './status-icon.tsx'

const EDGES: Partial<Record<StatusKind, string>> = {
  failed: 'border-error',
  waiting: 'border-warn',
  busy: 'border-accent',
  unreachable: 'border-warn',
}

/**
 * What happened, why, and what to do, at the place where it happened: a card with at most two buttons and, folded, the
 * details. `strip` is the same in one line above content that goes on.
 */
export function Notice(props: {
  kind: StatusKind
  title: string
  children?: ReactNode
  actions?: ReactNode
  strip?: boolean
  className?: string
}) {
  const id = useId()
  const strip = props.strip === true
  return (
    <section
      aria-labelledby={id}
      className={clsx(
        'flex gap-3 bg-raised',
        strip ? 'flex-wrap items-center border-b px-4 py-1.5' : 'items-start rounded-card border p-4',
        EDGES[props.kind] ?? 'border-line',
        props.className,
      )}
    >
      <span className={strip ? '' : 'mt-0.5'}>
        <StatusIcon kind={props.kind} label={null} />
      </span>
      <div className={clsx('flex min-w-0 flex-1 flex-col', strip ? 'gap-0.5' : 'gap-2')}>
        <p id={id} className={clsx('break-words', strip ? '' : 'text-section font-strong')}>
          {props.title}
        </p>
        {props.children}
        {strip || props.actions === undefined ? null : <div className="flex flex-wrap gap-2 pt-1">{props.actions}</div>}
      </div>
      {strip ? <div className="flex flex-wrap gap-2">{props.actions}</div> : null}
    </section>
  )
}
