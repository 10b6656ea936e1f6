import { useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { useConnection, type Worker } from '../../worker/workers.ts'
import { SaveForm } from './settings-card.tsx'
import { useScripts } from './use-config.ts'
import { useSave } from './use-save.ts'
import { WorkerPage } from './worker-page.tsx'

/** Programs of the person that run in every workspace. */
export function ScriptsPage({ worker }: { worker: Worker }) {
  const { query, update } = useScripts(worker)
  return (
    <WorkerPage
      worker={worker}
      title={strings.settings.scripts}
      stored={strings.settings.storedInConfig(worker.label)}
      query={query}
    >
      {(scripts) => (
        <StartScript
          worker={worker}
          current={scripts.post_start ?? ''}
          onSave={(path) => update(path === '' ? {} : { post_start: path })}
        />
      )}
    </WorkerPage>
  )
}

type StartScriptProps = { worker: Worker; current: string; onSave: (path: string) => Promise<void> }

function StartScript({ worker, current, onSave }: StartScriptProps) {
  const isLive = useConnection(worker.client).status === 'live'
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { state, save, forget } = useSave()
  const path = typed ?? current
  const submit = async (): Promise<void> => {
    if (await save(() => onSave(path.trim()), strings.settings.saved)) setTyped(undefined)
  }
  return (
    <SaveForm
      worker={worker}
      title={strings.settings.startScript}
      help={strings.settings.startScriptHelp}
      failed={strings.settings.scriptFailed}
      state={state}
      unavailable={isLive ? undefined : strings.settings.connectToChange}
      isChanged={path.trim() !== current}
      onSave={() => void submit()}
    >
      <Field label={strings.settings.scriptFile} help={strings.settings.scriptFileHelp}>
        {(ids) => (
          <TextInput
            {...ids}
            className="font-mono"
            value={path}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              forget()
            }}
          />
        )}
      </Field>
    </SaveForm>
  )
}
