import clsx from 'clsx'
import type { WorkspaceStats } from '../../../contract/agent/stats.ts'
import { strings } from '../../strings/index.ts'
import { Chart, SERIES_LOOKS, type Series } from './chart.tsx'
import type { Measure } from './measures.ts'
import { pointsOf, windowOf } from './stats-history.ts'

type MeasureCardProps = { measure: Measure; history: readonly WorkspaceStats[]; isFrozen: boolean }

/** One measure: what it is now, and how it came there. */
export function MeasureCard({ measure, history, isFrozen }: MeasureCardProps) {
  const newest = history.at(-1)
  const series = measure.series.map(({ name, read }) => ({ name, points: pointsOf(history, read) }))
  const values = series.flatMap(({ points }) => points.map(({ value }) => value))
  const top = measure.top(newest, Math.max(0, ...values))
  const now = newest === undefined ? undefined : measure.now(newest)
  return (
    <section aria-label={measure.title} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <header className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="font-strong">{measure.title}</h2>
        <p className="text-section">{now ?? strings.stats.notTold}</p>
      </header>
      <Chart
        label={sentenceOf(measure, series, now)}
        series={series}
        top={top}
        topLabel={measure.format(top)}
        windowMs={windowOf(history)}
        until={newest === undefined ? 0 : Date.parse(newest.at)}
        isFrozen={isFrozen}
      />
      {series.length < 2 ? null : <Legend series={series} />}
    </section>
  )
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex gap-4 text-meta text-muted" aria-hidden>
      {series.map(({ name }, index) => {
        const look = SERIES_LOOKS[index] ?? SERIES_LOOKS[0]
        return (
          <li key={name} className="flex items-center gap-1.5">
            <svg viewBox="0 0 20 4" className="h-1 w-5" aria-hidden>
              <line
                x1={0}
                x2={20}
                y1={2}
                y2={2}
                strokeWidth={2}
                strokeDasharray={look.dash}
                className={clsx(look.stroke)}
              />
            </svg>
            {name}
          </li>
        )
      })}
    </ul>
  )
}

/** The chart in words: now, highest and lowest of what it shows. */
function sentenceOf(measure: Measure, series: readonly Series[], now: string | undefined): string {
  const values = series.flatMap(({ points }) => points.map(({ value }) => value))
  if (now === undefined || values.length === 0) return strings.stats.chartEmpty(measure.title)
  const { format } = measure
  return strings.stats.chart({
    title: measure.title,
    now,
    highest: format(Math.max(...values)),
    lowest: format(Math.min(...values)),
  })
}
