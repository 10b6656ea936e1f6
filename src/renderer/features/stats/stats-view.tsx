import { useState } from 'react'
import type { WorkspaceStats } from '../../../contract/agent/stats.ts'
import { strings } from '../../strings/index.ts'
import { Choice } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatBytes, formatClock } from '../../worker/format.ts'
import { RefusedView } from '../../worker/refused-view.tsx'
import type { Worker } from '../../worker/workers.ts'
import { MeasureCard } from './measure-card.tsx'
import { MEASURE_IDS, MEASURES } from './measures.ts'
import { StatsTable } from './stats-table.tsx'
import { useStats } from './use-stats.ts'

const VIEWS = [
  { value: 'chart', label: strings.stats.charts },
  { value: 'table', label: strings.stats.table },
] as const

type StatsViewProps = { worker: Worker; name: string; isRunning: boolean; isReachable: boolean }

/** What a workspace uses now and used in the last minutes, as far as somebody looked. */
export function StatsView({ worker, name, isRunning, isReachable }: StatsViewProps) {
  const { history, state } = useStats(worker, name)
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('chart')
  const newest = history.at(-1)
  const isFrozen = !isRunning || !isReachable || state.status === 'waiting'
  if (state.status === 'refused') {
    return <RefusedView worker={worker} title={strings.stats.failed} failure={state.failure} />
  }
  if (newest === undefined && !isRunning) {
    return <EmptyState title={strings.stats.notRunning(name)} body={strings.stats.notRunningBody} />
  }
  return (
    <section aria-label={strings.stats.label(name)} className="mx-auto flex w-full max-w-240 flex-col gap-4 p-4">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">{standing(newest, isFrozen)}</p>
        <Choice inline legend={strings.stats.view} options={VIEWS} value={view} onChange={setView} />
      </header>
      {view === 'table' ? (
        <StatsTable history={history} />
      ) : (
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,320px),1fr))] gap-4">
          {MEASURE_IDS.map((id) => (
            <MeasureCard key={id} measure={MEASURES[id]} history={history} isFrozen={isFrozen} />
          ))}
        </div>
      )}
      <Disk disk={newest?.disk} />
    </section>
  )
}

function standing(newest: WorkspaceStats | undefined, isFrozen: boolean): string {
  if (newest === undefined) return strings.stats.measuring
  return isFrozen ? strings.stats.asOf(formatClock(Date.parse(newest.at))) : strings.stats.live
}

function Disk({ disk }: { disk: WorkspaceStats['disk'] }) {
  return (
    <section aria-label={strings.stats.disk} className="rounded-card border border-line bg-surface p-4">
      <h2 className="font-strong">{strings.stats.disk}</h2>
      {disk === undefined ? (
        <p className="text-muted">{strings.stats.diskMeasuring}</p>
      ) : (
        <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
          <DiskPart term={strings.stats.home} bytes={disk.homeBytes} />
          <DiskPart term={strings.stats.layer} bytes={disk.layerBytes} />
          <div>
            <dt className="text-meta text-muted">{strings.stats.measuredAt}</dt>
            <dd>{formatClock(Date.parse(disk.measuredAt))}</dd>
          </div>
        </dl>
      )}
    </section>
  )
}

function DiskPart({ term, bytes }: { term: string; bytes: number | undefined }) {
  return (
    <div>
      <dt className="text-meta text-muted">{term}</dt>
      <dd>{bytes === undefined ? strings.stats.notTold : formatBytes(bytes)}</dd>
    </div>
  )
}
