import type { UnreachedWorker } from '../../../contract/desktop/pairing.ts'
import { strings } from '../../strings/index.ts'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { InstallCommand } from './install-command.tsx'

const words = strings.addWorker

/** The steps of the way over a network, in their order; ssh and what is refused before the first step have none. */
const HOPS = ['name', 'port', 'tls', 'agent', 'version'] as const
type Hop = (typeof HOPS)[number]
const isHop = (hop: UnreachedWorker['hop']): hop is Hop => HOPS.some((name) => name === hop)

/** Where on its way the question was lost, why, and what helps. */
export function UnreachedNotice({ probe }: { probe: UnreachedWorker }) {
  const { hop, message, hint } = probe
  return (
    <div role="alert">
      <Notice kind="failed" title={words.unreached[hop]}>
        <p className="break-words">{message}</p>
        {hint === undefined ? null : <p className="break-words text-muted">{hint}</p>}
        {isHop(hop) ? <Way failed={hop} /> : null}
        {hop === 'port' || hop === 'agent' ? <InstallCommand /> : null}
      </Notice>
    </div>
  )
}

/** TLS is a step of some ways only: it is named where it is the one that failed. */
function Way({ failed }: { failed: Hop }) {
  const way = HOPS.filter((hop) => hop !== 'tls' || failed === 'tls')
  return (
    <ol aria-label={words.hops} className="flex flex-wrap gap-x-4 gap-y-1 text-meta">
      {way.slice(0, way.indexOf(failed) + 1).map((hop) => (
        <li key={hop} className="flex items-center gap-1.5">
          <StatusIcon kind={hop === failed ? 'failed' : 'running'} label={null} />
          {hop === failed ? words.hopState.failed(words.hop[hop]) : words.hopState.passed(words.hop[hop])}
        </li>
      ))}
    </ol>
  )
}
