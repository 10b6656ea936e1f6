import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../contract/agent/audit.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { failureOf } from '../../worker/failure.ts'
import { formatMoment } from '../../worker/format.ts'
import { auditKey } from '../../worker/keys.ts'
import { RefusedView } from '../../worker/refused-view.tsx'
import { useStanding, type Worker } from '../../worker/workers.ts'
import { SettingsCard } from './settings-card.tsx'

const words = strings.access
const PAGE = 50

/** What was done with a worker and by whom, the latest first; more on request. It is read anew each time that it is shown. */
export function AuditCard({ worker }: { worker: Worker }) {
  const isLive = useStanding(worker).status === 'live'
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: auditKey(worker.id),
    queryFn: ({ pageParam, signal }) =>
      worker.client.api.audit.list({ limit: PAGE, ...(pageParam === '' ? {} : { before: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ before }) => before,
    gcTime: 0,
    retry: false,
  })
  const entries = data?.pages.flatMap((page) => page.entries)
  return (
    <SettingsCard title={words.audit} help={words.auditHelp}>
      {error === null ? null : <RefusedView worker={worker} title={words.auditFailed} failure={failureOf(error)} />}
      {entries === undefined ? null : <Entries entries={entries} />}
      <div className="flex flex-wrap gap-2">
        <Button unavailable={!isLive || isFetching} onClick={() => void refetch()}>
          {words.auditAnew}
        </Button>
        {hasNextPage ? (
          <Button unavailable={!isLive || isFetching} onClick={() => void fetchNextPage()}>
            {words.auditMore}
          </Button>
        ) : null}
      </div>
    </SettingsCard>
  )
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <p className="text-muted">{words.auditEmpty}</p>
  return (
    // What scrolls and holds nothing to stop at has to be a stop itself.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it.
    <section aria-label={words.audit} tabIndex={0} className="max-h-100 overflow-auto focus-inset">
      <table className="w-full text-left">
        <thead className="text-meta text-muted">
          <tr>
            {words.auditColumns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id} className="border-t border-line align-top">
              <td className="py-1 pr-4 whitespace-nowrap text-muted">{formatMoment(entry.at)}</td>
              <td className="py-1 pr-4 break-words">{whoOf(entry)}</td>
              <td className="py-1 pr-4 font-mono break-words">{entry.action}</td>
              <td className="py-1 pr-4 break-words">{entry.subject}</td>
              <td className="py-1">{outcomeOf(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function whoOf({ client, face }: AuditEntry): string {
  const name = client.name ?? (client.id === 'local' || client.id === 'nobody' ? words.who[client.id] : client.id)
  return face.address === undefined ? name : words.whoAt(name, face.address)
}

function outcomeOf({ outcome }: AuditEntry): string {
  return outcome.kind === 'done' ? words.outcome.done : words.outcomeOf(words.outcome[outcome.kind], outcome.code)
}
