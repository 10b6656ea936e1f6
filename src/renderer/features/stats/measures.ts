import type { WorkspaceStats } from '../../../contract/agent/stats.ts'
import { strings } from '../../strings/index.ts'
import { formatBytes } from '../../worker/format.ts'
import { niceCeiling } from './stats-history.ts'

export type MeasureId = 'cpu' | 'memory' | 'network' | 'pids'

/** One chart: what it draws, how high it is, and how its values are said. */
export type Measure = {
  title: string
  series: readonly { name: string; read: (sample: WorkspaceStats) => number | undefined }[]
  format: (value: number) => string
  /** What stands large beside the title. */
  now: (sample: WorkspaceStats) => string | undefined
  /** Value at the top of the chart, for the newest sample and the highest value on it. */
  top: (sample: WorkspaceStats | undefined, highest: number) => number
}

const percent = (value: number): string => strings.stats.percent(Math.round(value))
const rate = (value: number): string => strings.stats.perSecond(formatBytes(value))

export const MEASURES: Record<MeasureId, Measure> = {
  cpu: {
    title: strings.stats.cpu,
    series: [{ name: strings.stats.cpu, read: ({ cpu }) => cpu?.percent }],
    format: percent,
    now: ({ cpu }) => cpu && strings.stats.of(percent(cpu.percent), strings.stats.cpus(cpu.cpus)),
    top: () => 100,
  },
  memory: {
    title: strings.stats.memory,
    series: [{ name: strings.stats.memory, read: ({ memory }) => memory?.usedBytes }],
    format: formatBytes,
    now: ({ memory }) => memory && strings.stats.of(formatBytes(memory.usedBytes), formatBytes(memory.limitBytes)),
    top: (sample, highest) => sample?.memory?.limitBytes ?? niceCeiling(highest),
  },
  network: {
    title: strings.stats.network,
    series: [
      { name: strings.stats.received, read: ({ network }) => network?.receivedBytesPerSecond },
      { name: strings.stats.sent, read: ({ network }) => network?.sentBytesPerSecond },
    ],
    format: rate,
    now: ({ network }) =>
      network && strings.stats.inAndOut(rate(network.receivedBytesPerSecond), rate(network.sentBytesPerSecond)),
    top: (_sample, highest) => 1024 * niceCeiling(Math.max(1, highest / 1024)),
  },
  pids: {
    title: strings.stats.processes,
    series: [{ name: strings.stats.processes, read: ({ pids }) => pids }],
    format: (value) => String(Math.round(value)),
    now: ({ pids }) => (pids === undefined ? undefined : String(pids)),
    top: (_sample, highest) => niceCeiling(Math.max(10, highest)),
  },
}

export const MEASURE_IDS: readonly MeasureId[] = ['cpu', 'memory', 'network', 'pids']
