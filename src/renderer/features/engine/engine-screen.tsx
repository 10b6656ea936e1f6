import { useQueryClient } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useId } from 'react'
import type { EngineState, EngineStatus } from '../../../contract/agent/engine.ts'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { CodeCopy } from '../../ui/code-copy.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { copyAndSay } from '../../worker/copy-and-say.ts'
import { infoKey } from '../../worker/keys.ts'
import { useCopyDiagnostics } from '../../worker/use-diagnostics.ts'
import type { Worker } from '../../worker/workers.ts'
import { DOCKER_PAGE, ENGINE_FIXES } from './engine-fixes.ts'

type NotReady = Exclude<EngineStatus, 'ready'>

type EngineScreenProps = {
  worker: Worker
  engine: EngineState
  status: NotReady
  /** Goes on without this engine, where that can be done. */
  onOtherWorker: (() => void) | undefined
}

/** The engine of a worker does not answer as it should: one sentence and one way out for each state, never merged. */
export function EngineScreen({ worker, engine, status, onOtherWorker }: EngineScreenProps) {
  const title = useId()
  const words = wordsFor(worker, engine, status)
  return (
    <section aria-labelledby={title} className="mx-auto flex w-full max-w-160 flex-col gap-5 px-4 pt-[12vh] pb-8">
      <div className="flex items-start gap-3">
        <span className="mt-1.5">
          <StatusIcon kind={status === 'starting' ? 'busy' : 'failed'} label={null} />
        </span>
        <div className="flex flex-col gap-2">
          <h1 id={title} tabIndex={-1} className="text-page font-strong">
            {words.title}
          </h1>
          <p className="text-section break-words text-muted">{words.body}</p>
        </div>
      </div>
      {engine.problem === undefined ? <Fixes status={status} /> : null}
      <EngineActions worker={worker} status={status} onOtherWorker={onOtherWorker} />
      <p role="status" className="text-muted">
        {strings.engine.checking}
      </p>
      <WorkerWords worker={worker} engine={engine} />
    </section>
  )
}

/** The state in a sentence and a way out; what the worker alone knows (a version, a name that is wrong) in its words. */
function wordsFor(worker: Worker, { problem, message, hint }: EngineState, status: NotReady) {
  if (problem === 'endpoint') return { title: strings.engine.misnamed, body: [message, hint].filter(Boolean).join(' ') }
  const { body } = strings.engine[status]
  const title = strings.engine[status].title(worker.label)
  return status === 'too_old' ? { title, body: strings.engine.oldVersion(message, body) } : { title, body }
}

function WorkerWords({ worker, engine }: { worker: Worker; engine: EngineState }) {
  const copyDiagnostics = useCopyDiagnostics(worker)
  return (
    <Disclosure label={strings.common.details}>
      <div className="flex flex-col items-start gap-2 rounded-card border border-line bg-surface p-4">
        <p className="text-meta font-strong text-muted">{strings.engine.hintLabel}</p>
        <p className="break-words">{engine.message}</p>
        {engine.hint === undefined ? null : <p className="break-words text-muted">{engine.hint}</p>}
        <Button size="small" onClick={() => void copyDiagnostics()}>
          {strings.creation.copyDiagnostics}
        </Button>
      </div>
    </Disclosure>
  )
}

function Fixes({ status }: { status: NotReady }) {
  if (ENGINE_FIXES[status].length === 0) return null
  return (
    <ul className="flex flex-col gap-3">
      {ENGINE_FIXES[status].map((fix) => (
        <li key={fix.command} className="flex flex-col gap-1">
          <p className="font-strong">{fix.label}</p>
          <CodeCopy code={fix.command} onCopy={(text) => void copyAndSay(text)} />
        </li>
      ))}
      {status === 'stopped' ? <li className="text-muted">{strings.engine.startDesktop}</li> : null}
    </ul>
  )
}

function EngineActions({ worker, status, onOtherWorker }: Omit<EngineScreenProps, 'engine'>) {
  const { openExternal } = usePlatform()
  const queries = useQueryClient()
  return (
    <div className="flex flex-wrap gap-2">
      {status === 'missing' ? (
        <Button variant="primary" onClick={() => openExternal(DOCKER_PAGE)}>
          <ExternalLink size={16} aria-hidden />
          {strings.engine.getDocker}
        </Button>
      ) : null}
      <Button onClick={() => void queries.invalidateQueries({ queryKey: infoKey(worker.id) })}>
        {strings.engine.checkNow}
      </Button>
      {onOtherWorker === undefined ? null : <Button onClick={onOtherWorker}>{strings.engine.otherWorker}</Button>}
    </div>
  )
}
