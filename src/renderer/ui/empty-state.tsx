import type { ReactNode } from 'react'

/** The middle of a page that has nothing to show yet: what it is, and what to do about it. */
export function EmptyState(props: {
  icon?: ReactNode
  title: string
  body?: string
  /** The page has no other heading: this is its h1. */
  heading?: boolean
  children?: ReactNode
}) {
  const Heading = props.heading === true ? 'h1' : 'h2'
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
      {props.icon}
      <Heading tabIndex={-1} className="max-w-full text-page font-strong break-words">
        {props.title}
      </Heading>
      {props.body === undefined ? null : <p className="max-w-120 text-muted">{props.body}</p>}
      <div className="flex flex-wrap justify-center gap-2 pt-1">{props.children}</div>
    </div>
  )
}
