import { useState } from 'react'
import { type Credentials, type CredentialsPatch, FileDestination, FileSource } from '../../../contract/agent/config.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import type { Worker } from '../../worker/workers.ts'
import { AddField, AddForm } from './add-form.tsx'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useSave } from './use-save.ts'

type FilesCardProps = {
  worker: Worker
  credentials: Pick<Credentials, 'files' | 'problems'>
  unavailable: string | undefined
  update: (patch: CredentialsPatch) => Promise<unknown>
}

/** Files and folders of the worker that every workspace gets a copy of. */
export function FilesCard({ worker, credentials, unavailable, update }: FilesCardProps) {
  const { state, save } = useSave()
  const files = Object.entries(credentials.files)
  const change = (destination: string, source: string | null, said: string): Promise<boolean> =>
    save(() => update({ files: { [destination]: source } }), said)
  return (
    <SettingsCard title={strings.settings.files} help={strings.settings.filesHelp}>
      {files.length === 0 ? (
        <p className="text-muted">{strings.settings.filesEmpty}</p>
      ) : (
        <ul aria-label={strings.settings.files} className="flex flex-col divide-y divide-line border-y border-line">
          {files.map(([destination, source]) => {
            const problem = credentials.problems.find((one) => one.destination === destination)
            return (
              <li key={destination} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2">
                <div className="min-w-0 flex-1">
                  <p className="font-mono break-all">{strings.settings.fileArrow(source, destination)}</p>
                  {problem === undefined ? null : (
                    <p className="flex items-center gap-1.5 text-warn">
                      <StatusIcon kind="waiting" label={null} />
                      {problem.message}
                    </p>
                  )}
                </div>
                <Button
                  size="small"
                  unavailable={unavailable !== undefined}
                  aria-label={strings.settings.removeNamed(destination)}
                  onClick={() => void change(destination, null, strings.settings.variableRemoved(destination))}
                >
                  {strings.settings.remove}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <AddFile
        unavailable={unavailable}
        onAdd={(destination, source) => change(destination, source, strings.settings.variableSaved(destination))}
      />
      <SaveFailure worker={worker} state={state} title={strings.settings.filesFailed} />
      <p role="status" className="text-muted empty:hidden">
        {state.status === 'saved' ? state.said : null}
      </p>
    </SettingsCard>
  )
}

type AddFileProps = {
  unavailable: string | undefined
  onAdd: (destination: string, source: string) => Promise<boolean>
}

function AddFile({ unavailable, onAdd }: AddFileProps) {
  const [source, setSource] = useState('')
  const [destination, setDestination] = useState('')
  const [errors, setErrors] = useState<{ source?: string; destination?: string }>({})
  const submit = async (): Promise<void> => {
    const wrong = errorsOf(source, destination)
    setErrors(wrong)
    if (Object.keys(wrong).length > 0 || !(await onAdd(destination, source))) return
    setSource('')
    setDestination('')
  }
  return (
    <AddForm submit={strings.settings.addFile} unavailable={unavailable} onSubmit={submit}>
      <AddField
        label={strings.settings.fileSource}
        help={strings.settings.fileSourceHelp}
        error={errors.source}
        className="font-mono"
        value={source}
        onChange={setSource}
      />
      <AddField
        label={strings.settings.fileDestination}
        error={errors.destination}
        className="font-mono"
        value={destination}
        onChange={setDestination}
      />
    </AddForm>
  )
}

function errorsOf(source: string, destination: string): { source?: string; destination?: string } {
  return {
    ...(FileSource.safeParse(source).success ? {} : { source: strings.settings.fileSourceError }),
    ...(FileDestination.safeParse(destination).success ? {} : { destination: strings.settings.fileDestinationError }),
  }
}
