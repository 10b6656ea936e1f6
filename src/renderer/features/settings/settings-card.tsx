import { type ReactNode, useId, useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { useKeptFocus } from '../../ui/kept-focus.ts'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { FailureDetails } from '../../worker/failure-details.tsx'
import type { Worker } from '../../worker/workers.ts'
import type { SaveState } from './use-save.ts'

type SettingsCardProps = { title: string; help?: string | undefined; children: ReactNode }

/** One matter of settings, under its heading. */
export function SettingsCard({ title, help, children }: SettingsCardProps) {
  const id = useId()
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box)
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4"
    >
      <div>
        <h2 id={id} className="text-section font-strong">
          {title}
        </h2>
        {help === undefined ? null : <p className="text-muted">{help}</p>}
      </div>
      {children}
    </section>
  )
}

type SaveFormProps = SettingsCardProps & {
  worker: Worker
  state: SaveState
  /** Something differs from what the worker has. */
  isChanged: boolean
  /** Why nothing can be saved now. */
  unavailable?: string | undefined
  failed: string
  onSave: () => void
}

/** A card that is saved by itself, and says what came of it. */
export function SaveForm({ worker, state, isChanged, unavailable, failed, onSave, children, ...card }: SaveFormProps) {
  const isSaving = state.status === 'saving'
  const isOff = isSaving || unavailable !== undefined || !isChanged
  return (
    <SettingsCard {...card}>
      <form
        className="flex flex-col gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) onSave()
        }}
      >
        {children}
        <SaveFailure worker={worker} state={state} title={failed} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" unavailable={isOff} aria-busy={isSaving}>
            {isSaving ? strings.settings.saving : strings.settings.save}
          </Button>
          <p role="status" className="flex items-center gap-1.5 text-muted">
            {unavailable ?? null}
            {unavailable === undefined && state.status === 'saved' && !isChanged ? <Saved said={state.said} /> : null}
          </p>
        </div>
      </form>
    </SettingsCard>
  )
}

function Saved({ said }: { said: string }) {
  return (
    <>
      <StatusIcon kind="running" label={null} />
      {said}
    </>
  )
}

/** What was not saved and why; nothing where nothing failed. */
export function SaveFailure({ worker, state, title }: { worker: Worker; state: SaveState; title: string }) {
  if (state.status !== 'failed') return null
  const { message, hint, issues } = state.failure
  return (
    <div role="alert">
      <Notice kind="failed" title={title}>
        <p className="break-words">{message}</p>
        {issues.map((issue) => (
          <p key={`${issue.path} ${issue.message}`} className="break-words">
            {issue.message}
          </p>
        ))}
        {hint === undefined ? null : <p className="break-words text-muted">{hint}</p>}
        <FailureDetails worker={worker} about={{ failure: state.failure }} />
      </Notice>
    </div>
  )
}
