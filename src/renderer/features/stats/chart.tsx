import clsx from 'clsx'
import { strings } from '../../strings/index.ts'
import { type Point, runsOf } from './stats-history.ts'
import { INTERVAL_SECONDS } from './use-stats.ts'

const WIDTH = 300
const HEIGHT = 80
/** Three samples that did not come. */
const GAP_MS = INTERVAL_SECONDS * 3000

/** Told apart by the kind of line as well as by colour. */
export const SERIES_LOOKS = [
  { stroke: 'stroke-accent', fill: 'fill-accent', dash: undefined },
  { stroke: 'stroke-warn', fill: 'fill-none', dash: '4 3' },
] as const

export type Series = { name: string; points: readonly Point[] }

type ChartProps = {
  /** What it shows, in a sentence: the same for those who do not see it. */
  label: string
  series: readonly Series[]
  /** Value at the top. */
  top: number
  topLabel: string
  /** Time at the right edge, in ms since 1970. */
  until: number
  windowMs: number
  /** What is shown is of an earlier time. */
  isFrozen: boolean
}

/** Lines over the last minutes. Where nothing was told, nothing is drawn. */
export function Chart({ label, series, top, topLabel, until, windowMs, isFrozen }: ChartProps) {
  const place = ({ at, value }: Point): [x: number, y: number] => [
    WIDTH * (1 - (until - at) / windowMs),
    HEIGHT * (1 - Math.min(1, value / top)),
  ]
  return (
    <figure className="flex flex-col gap-1">
      <div className="flex justify-between text-meta text-muted" aria-hidden>
        <span>{topLabel}</span>
      </div>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={clsx('h-20 w-full border-b border-control bg-bg', isFrozen ? 'opacity-60' : '')}
      >
        {[0.25, 0.5, 0.75].map((share) => (
          <line
            key={share}
            x1={0}
            x2={WIDTH}
            y1={HEIGHT * share}
            y2={HEIGHT * share}
            className="stroke-line"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {series.map(({ name, points }, index) => (
          <Lines
            key={name}
            runs={runsOf(points, GAP_MS).map((run) => run.map(place))}
            look={SERIES_LOOKS[index] ?? SERIES_LOOKS[0]}
          />
        ))}
      </svg>
      <figcaption className="flex justify-between text-meta text-muted" aria-hidden>
        <span>{strings.stats.ago(windowMs / 60_000)}</span>
        <span>{isFrozen ? strings.stats.lastSeen : strings.stats.now}</span>
      </figcaption>
    </figure>
  )
}

function Lines({ runs, look }: { runs: [x: number, y: number][][]; look: (typeof SERIES_LOOKS)[number] }) {
  return runs.map((run) => {
    const [first] = run
    const last = run.at(-1)
    if (first === undefined || last === undefined) return null
    const line = run.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
    return (
      <g key={first[0]}>
        <polygon
          points={`${first[0]},${HEIGHT} ${line} ${last[0]},${HEIGHT}`}
          className={look.fill}
          fillOpacity={0.14}
        />
        <polyline
          // One sample is a dot: a line of no length is not drawn without round ends.
          points={run.length === 1 ? `${line} ${line}` : line}
          className={clsx('fill-none', look.stroke)}
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeDasharray={look.dash}
          vectorEffect="non-scaling-stroke"
        />
      </g>
    )
  })
}
