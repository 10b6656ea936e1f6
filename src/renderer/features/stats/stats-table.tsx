import type { WorkspaceStats } from '../../../contract/agent/stats.ts'
import { strings } from '../../strings/index.ts'
import { MEASURE_IDS, MEASURES } from './measures.ts'

/** As many as are read without getting lost. */
const SHOWN_ROWS = 30

/** The samples as they came, the newest first. */
export function StatsTable({ history }: { history: readonly WorkspaceStats[] }) {
  const rows = history.slice(-SHOWN_ROWS).reverse()
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <caption className="sr-only">{strings.stats.tableCaption(SHOWN_ROWS)}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="px-4 py-2 font-normal">
              {strings.stats.time}
            </th>
            {MEASURE_IDS.map((id) => (
              <th key={id} scope="col" className="px-4 py-2 font-normal">
                {MEASURES[id].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((sample) => (
            <tr key={sample.at} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-4 py-1.5 font-normal whitespace-nowrap">
                {new Date(sample.at).toLocaleTimeString()}
              </th>
              {MEASURE_IDS.map((id) => (
                <td key={id} className="px-4 py-1.5 whitespace-nowrap">
                  {MEASURES[id].now(sample) ?? strings.stats.notTold}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
