import type { AgentInfo } from '../../../contract/agent/info.ts'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { systemName } from '../../strings/systems.ts'
import { formatBytes } from '../../worker/format.ts'
import { useStanding, useWorkerInfo, type Worker } from '../../worker/workers.ts'
import { type Fact, FactCard } from './fact-card.tsx'
import { RemoveWorkerCard } from './remove-worker-card.tsx'
import { WorkerNameCard } from './worker-name-card.tsx'

const words = strings.workerAbout

/** What a worker is, how it is reached, and the ways to rename and to forget it. Also of one that is away, as far as it is known. */
export function AboutPage({ worker, onRemoved }: { worker: Worker; onRemoved: () => void }) {
  const { registry } = usePlatform()
  const { data: info } = useWorkerInfo(worker)
  const isLive = useStanding(worker).status === 'live'
  return (
    <div className="mx-auto flex w-full max-w-200 flex-col gap-4 px-4 py-8">
      <header>
        <h1 tabIndex={-1} className="text-page font-strong break-words">
          {worker.label}
        </h1>
        <p className="text-muted">{isLive ? words.stored : words.storedAway}</p>
      </header>
      <FactCard title={words.identity} facts={identityOf(worker, info)} />
      <FactCard title={words.capacity} facts={info === undefined ? [] : capacityOf(info)} />
      <FactCard title={words.engine} facts={info === undefined ? [] : engineOf(info)} />
      {registry === undefined || worker.embedded ? null : (
        <>
          <WorkerNameCard worker={worker} registry={registry} />
          <RemoveWorkerCard worker={worker} registry={registry} onRemoved={onRemoved} />
        </>
      )}
    </div>
  )
}

function identityOf({ summary }: Worker, info: AgentInfo | undefined): Fact[] {
  const version = info?.version ?? summary.version
  const { os, arch, fingerprint, identity } = info ?? {}
  return [
    { term: words.hostname, text: info?.hostname ?? summary.hostname },
    { term: words.version, text: version === undefined ? undefined : versionOf(version, info?.protocol) },
    {
      term: words.system,
      text: os === undefined || arch === undefined ? undefined : words.systemOf(systemName(os), arch),
    },
    { term: words.path, text: strings.addWorker.path[summary.path] },
    ...(fingerprint === undefined ? [] : [{ term: words.fingerprint, text: fingerprint, isCode: true }]),
    ...(identity === undefined
      ? []
      : [
          {
            term: words.asker,
            text: words.askerOf(strings.access.scopes[identity.scope], words.askerKind[identity.kind], identity.name),
          },
        ]),
  ]
}

const versionOf = (version: string, protocol: string | undefined): string =>
  protocol === undefined ? words.versionAlone(version) : words.versionOf(version, protocol)

/** An agent that does not say what its computer has tells what its engine has of it. */
function capacityOf({ cpus, memoryBytes, engine, workspacesCount, terminalConnections }: AgentInfo): Fact[] {
  const memory = memoryBytes ?? engine.memoryBytes
  return [
    { term: words.cpus, text: (cpus ?? engine.cpus)?.toString() },
    { term: words.memory, text: memory === undefined ? undefined : formatBytes(memory) },
    { term: words.workspaces, text: String(workspacesCount) },
    { term: words.terminals, text: String(terminalConnections) },
  ]
}

function engineOf({ engine }: AgentInfo): Fact[] {
  const { version, status, message } = engine
  const state = status === 'ready' && version !== undefined ? strings.engine.readyTitle(version) : message
  return [{ term: words.state, text: state }]
}
