import { useState } from 'react'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const words = strings.workerAbout

type RemoveWorkerCardProps = { worker: Worker; registry: WorkerRegistry; onRemoved: () => void }

/** Forgets a worker, after a question. What is on it stays there. */
export function RemoveWorkerCard({ worker, registry, onRemoved }: RemoveWorkerCardProps) {
  const [isAsking, setAsking] = useState(false)
  const { state, save } = useSave()
  const remove = async (): Promise<void> => {
    if (await save(() => registry.remove(worker.id), words.removed(worker.label))) onRemoved()
  }
  return (
    <SettingsCard title={words.remove} help={words.removeHelp(worker.label)}>
      {isAsking ? (
        <fieldset aria-label={words.removeSure(worker.label)} className="flex flex-wrap items-center gap-2">
          <p>{words.removeSure(worker.label)}</p>
          <Button autoFocus onClick={() => setAsking(false)}>
            {strings.access.keep}
          </Button>
          <Button variant="danger" unavailable={state.status === 'saving'} onClick={() => void remove()}>
            {words.removeNow}
          </Button>
        </fieldset>
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>{words.removeStart}</Button>
        </div>
      )}
      <SaveFailure worker={worker} state={state} title={words.removeFailed} />
    </SettingsCard>
  )
}
