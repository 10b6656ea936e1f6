import type { DeletionReport } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { StatusIcon } from '../../ui/status-icon.tsx'

type Reason = DeletionReport['reasons'][number]

/** What the worker found out about work that exists nowhere else; undefined: it is still looking. */
export function DeletionFindings({ report }: { report: DeletionReport | undefined }) {
  if (report === undefined) return <Finding kind="busy" text={strings.deletion.checking} />
  if (report.clean) return <Finding kind="running" text={strings.deletion.clean} />
  const unknown = report.reasons.every((reason) => reason.kind === 'unknown')
  return (
    <div className="flex flex-col gap-2" role="status">
      <Finding kind="failed" text={unknown ? strings.deletion.unchecked : strings.deletion.notClean} />
      <ul className="flex list-disc flex-col gap-1 pl-10">
        {report.reasons.map((reason) => (
          <li key={sentenceOf(reason)} className="break-words">
            {sentenceOf(reason)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Finding({ kind, text }: { kind: 'busy' | 'running' | 'failed'; text: string }) {
  return (
    <p className="flex items-start gap-2" role={kind === 'failed' ? undefined : 'status'}>
      <span className="mt-0.5">
        <StatusIcon kind={kind} label={null} />
      </span>
      {text}
    </p>
  )
}

/** `3 commits not pushed on main in ~/api`. */
export function sentenceOf(reason: Reason): string {
  if (reason.kind === 'unknown') return reason.message ?? strings.deletion.reason.unknown()
  const what = strings.deletion.reason[reason.kind](reason.count ?? 1)
  const where = reason.branch === undefined ? what : strings.deletion.onBranch(what, reason.branch)
  return reason.repository === undefined ? where : strings.deletion.inRepository(where, reason.repository)
}
