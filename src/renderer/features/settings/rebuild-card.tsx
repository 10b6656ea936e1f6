import { useEffect, useRef, useState } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import type { Worker } from '../../worker/workers.ts'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useSave } from './use-save.ts'

type RebuildCardProps = { worker: Worker; workspace: WorkspaceInfo; unavailable: string | undefined }

/** The container made anew from what its template is now. It asks once more: what lies outside of the home is lost. */
export function RebuildCard({ worker, workspace, unavailable }: RebuildCardProps) {
  const [isAsking, setIsAsking] = useState(false)
  const { state, save } = useSave()
  const isOff = unavailable !== undefined || workspace.activity !== undefined || workspace.status === 'creating'
  const rebuild = async (): Promise<void> => {
    setIsAsking(false)
    const { name } = workspace
    await save(() => worker.client.api.workspaces.rebuild({ name }), strings.settings.rebuilt(name))
  }
  return (
    <SettingsCard title={strings.settings.rebuild} help={strings.settings.rebuildHelp}>
      {isAsking ? (
        <Question onRebuild={() => void rebuild()} onLeave={() => setIsAsking(false)} />
      ) : (
        <div>
          <Button
            unavailable={isOff || state.status === 'saving'}
            aria-busy={state.status === 'saving'}
            onClick={() => setIsAsking(true)}
          >
            {state.status === 'saving' ? strings.settings.rebuilding : strings.settings.rebuildAsk}
          </Button>
        </div>
      )}
      <SaveFailure worker={worker} state={state} title={strings.settings.rebuildFailed} />
      <p role="status" className="text-muted empty:hidden">
        {state.status === 'saved' ? state.said : null}
      </p>
    </SettingsCard>
  )
}

function Question({ onRebuild, onLeave }: { onRebuild: () => void; onLeave: () => void }) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="w-full">{strings.settings.rebuildLoses}</p>
      <Button ref={keep} onClick={onLeave}>
        {strings.settings.rebuildKeep}
      </Button>
      <Button variant="danger" onClick={onRebuild}>
        {strings.settings.rebuildNow}
      </Button>
    </div>
  )
}
