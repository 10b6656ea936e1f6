import type { ReactNode } from 'react'
import { strings } from '../../strings/index.ts'
import { Delayed } from '../../ui/delayed.tsx'
import { failureOf } from '../../worker/failure.ts'
import { RefusedView } from '../../worker/refused-view.tsx'
import type { Worker } from '../../worker/workers.ts'

type WorkerPageProps<Data> = {
  worker: Worker
  title: string
  /** Where it is kept and who can read it. */
  stored: string
  query: { data: Data | undefined; error: Error | null }
  children: (data: Data) => ReactNode
}

/** A page of a worker's settings: its heading at once, what it holds when the worker has told. */
export function WorkerPage<Data>({ worker, title, stored, query, children }: WorkerPageProps<Data>) {
  return (
    <div className="mx-auto flex w-full max-w-200 flex-col gap-4 px-4 py-8">
      <header>
        <h1 tabIndex={-1} className="text-page font-strong">
          {title}
        </h1>
        <p className="text-muted">{stored}</p>
      </header>
      {query.data === undefined ? <NotYet worker={worker} error={query.error} /> : children(query.data)}
    </div>
  )
}

function NotYet({ worker, error }: { worker: Worker; error: Error | null }) {
  if (error !== null) return <RefusedView worker={worker} title={strings.settings.notRead} failure={failureOf(error)} />
  return (
    <Delayed>
      <p className="text-muted">{strings.settings.reading}</p>
    </Delayed>
  )
}
