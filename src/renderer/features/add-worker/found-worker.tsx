import { useId } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { type AddState, hostOf, type Stage } from './add-state.ts'

const words = strings.addWorker

type FoundWorkerProps = {
  state: AddState
  stage: Extract<Stage, { at: 'found' | 'adding' }>
  onTrust: (isTrusted: boolean) => void
  onAddUntilQuit: () => Promise<void>
}

/** What is at the address: its version, the way there, its engine, and a certificate that a person has to compare. */
export function FoundWorker({ state, stage, onTrust, onAddUntilQuit }: FoundWorkerProps) {
  const { probe } = stage
  const refusal = stage.at === 'found' ? stage.refusal : undefined
  const isAboutCode = refusal?.status === 'code_refused' || refusal?.status === 'too_many'
  return (
    <>
      {refusal === undefined || isAboutCode ? null : (
        <div role="alert">
          <Notice
            kind="failed"
            title={words.notAdded}
            actions={
              refusal.status === 'vault_unavailable' ? (
                <Button onClick={() => void onAddUntilQuit()}>{words.addUntilQuit}</Button>
              ) : null
            }
          >
            <p className="break-words">{refusal.message}</p>
            {refusal.hint === undefined ? null : <p className="break-words text-muted">{refusal.hint}</p>}
          </Notice>
        </div>
      )}
      <div role="status" className="flex gap-3 rounded-card border border-line bg-surface p-4">
        <span className="mt-0.5">
          <StatusIcon kind="running" label={null} />
        </span>
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-section font-strong break-words">{words.foundTitle(hostOf(state))}</p>
          <p>{words.found(probe.version, words.path[probe.path])}</p>
          <p className="text-muted">{words.docker[probe.docker]}</p>
        </div>
      </div>
      {probe.fingerprint === undefined ? null : (
        <Fingerprint text={probe.fingerprint} isTrusted={stage.isTrusted} onTrust={onTrust} />
      )}
    </>
  )
}

function Fingerprint(props: { text: string; isTrusted: boolean; onTrust: (isTrusted: boolean) => void }) {
  const help = useId()
  return (
    <div className="flex flex-col gap-2 rounded-card border border-warn p-4">
      <p className="font-strong">{words.fingerprint}</p>
      <p className="font-mono text-meta break-all select-text">{props.text}</p>
      <p id={help} className="text-muted">
        {words.fingerprintHelp}
      </p>
      <label className="flex items-center gap-2 touch-target">
        <input
          type="checkbox"
          aria-describedby={help}
          checked={props.isTrusted}
          onChange={(event) => props.onTrust(event.currentTarget.checked)}
          className="size-4 accent-primary"
        />
        {words.trust}
      </label>
    </div>
  )
}
